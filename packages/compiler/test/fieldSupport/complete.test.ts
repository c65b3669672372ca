// Every field of every kind that compiles is in the ledger, and nothing else is.

import { fieldSupport } from '../../src/kinds/fieldSupport.ts';
import type { Kind } from '../../src/kinds/index.ts';
import { leavesOf } from '../helpers/schema.ts';

describe.each(Object.keys(fieldSupport) as Kind[])('the ledger of %s', (kind) => {
  const ledger = new Set(Object.keys(fieldSupport[kind]));
  const schema = leavesOf(kind);

  it('classifies every leaf', () => {
    expect([...schema.keys()].filter((path) => !ledger.has(path))).toEqual([]);
  });

  it('names no leaf that does not exist', () => {
    expect([...ledger].filter((path) => !schema.has(path))).toEqual([]);
  });
});
