// Every field of every kind that compiles has a class of field support, and there is no other.

import { fieldSupport } from '../../src/kinds/fieldSupport.ts';
import type { Kind } from '../../src/kinds/index.ts';
import { leavesOf } from '../helpers/schema.ts';

describe.each(Object.keys(fieldSupport) as Kind[])('field support of %s', (kind) => {
  const table = new Set(Object.keys(fieldSupport[kind]));
  const schema = leavesOf(kind);

  it('classifies every leaf', () => {
    expect([...schema.keys()].filter((path) => !table.has(path))).toEqual([]);
  });

  it('names no leaf that does not exist', () => {
    expect([...table].filter((path) => !schema.has(path))).toEqual([]);
  });
});
