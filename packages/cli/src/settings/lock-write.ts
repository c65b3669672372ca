// What becomes of a lock that compiling changed: it is written, or that is refused.
import type { Diagnostic, Lock } from '@i2kit/compiler';
import type { Output } from '../output/write.ts';
import { problem } from '../problem.ts';
import { lockText, type ReadLock, sameLock } from './lock.ts';

export const lockOutput = ({ name }: ReadLock, next: Lock): Output[] => [{ name, content: lockText(next) }];

export function frozenProblems({ name, lock }: ReadLock, next: Lock): Diagnostic[] {
  if (sameLock(lock, next)) return [];
  const changed = decisions(next).filter((decision) => !decisions(lock ?? { version: 1 }).includes(decision));
  const first = changed[0] === undefined ? 'a decision that is no longer needed' : changed[0];
  const hint = 'run the command with --write-lock in place of --frozen-lock, and commit the file';
  return [
    problem('I2K734', `the lock would change: ${first}${changed.length > 1 ? ` and ${changed.length - 1} more` : ''}`, {
      source: name,
      hint,
    }),
  ];
}

const decisions = ({ version: _, ...tables }: Lock): string[] =>
  Object.entries(tables).flatMap(([table, entries]) => Object.entries(entries ?? {}).map(([key, value]) => `${table} ${key} = ${value}`));
