// What becomes of a lock that was changed: it is written, or that is refused.
import type { Diagnostic, Lock } from '@i2kit/compiler';
import type { Output } from '../output/write.ts';
import { problem } from '../problem.ts';
import type { ReadLock } from './lock.ts';
import { lockText, mergedLock, sameLock } from './lock-text.ts';

/** What another command has written since the lock was read stays. */
export const lockOutput = ({ name, lock: base = { version: 1 } }: ReadLock, next: Lock): Output[] => [
  { name, content: (now) => lockText(now.trim() === '' ? next : mergedLock(base, next, JSON.parse(now) as Lock)) },
];

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
  Object.entries(tables).flatMap(([table, entries]) =>
    Object.entries(entries ?? {}).map(([key, value]) => `${table} ${key} = ${typeof value === 'object' ? JSON.stringify(value) : value}`),
  );
