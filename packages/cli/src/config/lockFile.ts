// i2kit.lock.json: reads it, renders it canonically, merges the decisions of two writers, and refuses changes under
// --frozen-lock.

import { dirname, join } from 'node:path';
import { compareEntries, isObject } from '@i2kit/common';
import type { Diagnostic, Lock, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Values } from '../flags.ts';
import type { Io } from '../io.ts';
import type { OutputFile } from '../output/writeFiles.ts';
import { readJsonFile } from './jsonFile.ts';

export interface LockFile {
  /** The path, also of a file that does not exist yet. */
  readonly name: string;
  /** Absent if the file does not exist yet. */
  readonly lock?: Lock;
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

const conflictHint = 'Take one side of the conflict, then run the command with --write-lock.';

/** `config` is the configuration's file: the lock lies beside it. */
export async function readLockFile(
  io: Io,
  values: Pick<Values, 'lock' | 'write-lock'>,
  config: string | undefined,
): Promise<LockFile> {
  const name = values.lock ?? join(dirname(config ?? ''), 'i2kit.lock.json');
  // A lock file that will be written need not exist yet.
  const mayBeAbsent = values.lock === undefined || values['write-lock'] === true;
  const { value, ...file } = await readJsonFile<Lock>(io, name, mayBeAbsent, {
    schema: 'lock',
    code: 'I2K733',
    hint: conflictHint,
  });
  return { ...file, ...(value && { lock: value }) };
}

type Table = Readonly<Record<string, unknown>>;

/** The same decisions give the same bytes: version first, sorted keys at every depth, no empty tables. */
export function lockText({ version, ...tables }: Lock): string {
  return `${JSON.stringify({ version, ...(sortedTables(tables) as object) }, null, 2)}\n`;
}

function sortedTables(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortedTables(inner)] as const);
  const filled = entries.filter(
    ([, inner]) => inner !== undefined && !(isObject(inner) && Object.keys(inner).length === 0),
  );
  return Object.fromEntries(filled.sort(compareEntries));
}

/** True if no decision differs. */
export const sameLock = (a: Lock | undefined, b: Lock): boolean => lockText(a ?? { version: 1 }) === lockText(b);

/** Applies the changes from `base` to `ours` to `theirs`, which another writer may have changed meanwhile. */
export const mergeLocks = (base: Lock, ours: Lock, theirs: Lock): Lock =>
  mergeTables(base, ours, theirs) as unknown as Lock;

function mergeTables(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (!isObject(ours) || !isObject(theirs))
    return JSON.stringify(sortedTables(base)) === JSON.stringify(sortedTables(ours)) ? theirs : ours;
  const before = isObject(base) ? base : {};
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  const at = (tree: Table, key: string) => (Object.hasOwn(tree, key) ? tree[key] : undefined);
  const entries = keys.map((key) => [key, mergeTables(at(before, key), at(ours, key), at(theirs, key))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * Writes a changed lock file, or refuses the change. Decisions that another command wrote since the lock was read
 * are kept.
 */
export const lockOutput = ({ name, lock: base = { version: 1 } }: LockFile, next: Lock): OutputFile[] => [
  { name, content: (now) => lockText(now.trim() === '' ? next : mergeLocks(base, next, JSON.parse(now) as Lock)) },
];

export function frozenLockDiagnostics({ name, lock }: LockFile, next: Lock): Diagnostic[] {
  if (sameLock(lock, next)) return [];
  const changed = decisionLines(next).filter((decision) => !decisionLines(lock ?? { version: 1 }).includes(decision));
  const first = changed[0] === undefined ? 'an unused decision' : changed[0];
  const hint = 'Run the command with --write-lock instead of --frozen-lock, and commit the file.';
  return [
    diagnosticAt(
      'I2K734',
      `the lock file would change: ${first}${changed.length > 1 ? ` and ${changed.length - 1} more` : ''}`,
      {
        source: name,
        hint,
      },
    ),
  ];
}

const decisionLines = ({ version: _, ...tables }: Lock): string[] =>
  Object.entries(tables).flatMap(([table, entries]) =>
    Object.entries(entries ?? {}).map(
      ([key, value]) => `${table} ${key} = ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    ),
  );
