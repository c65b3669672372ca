// The lock as text: the same decisions give the same bytes, whatever order they were made in.
import { ImageError } from '../errors.ts';
import { emptyLock, type LockFile } from './types.ts';

/** Version first, then tables by name, keys in the order of their code units, no empty tables. */
export function lockText({ version, ...tables }: LockFile): string {
  return `${JSON.stringify({ version, ...(inOrder(tables) as object) }, null, 2)}\n`;
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, inOrder(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined && !isEmpty(inner)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** `name` is for messages. What this version does not know stays as it is. Throws `lock-invalid`. */
export function readLockText(text: string, name: string): LockFile {
  const fail = (why: string, hint?: string): never => {
    throw new ImageError('lock-invalid', `${name} ${why}.`, hint === undefined ? {} : { hint });
  };
  if (text.trim() === '') return emptyLock;
  if (/^<{7}( |$)/m.test(text)) fail('holds a merge conflict', 'Take one side of the conflict; what is missing then is found out again.');
  const root = parsed(text);
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return fail('is not JSON of the form that i2kit writes');
  const { version } = root as { version?: unknown };
  if (version !== 1)
    fail(
      `is of version ${JSON.stringify(version)}, and this i2kit knows version 1`,
      'Use the version of i2kit that wrote it, or a newer one.',
    );
  const lock = root as LockFile;
  for (const table of ['images', 'versions'] as const) if (!isTable(lock[table])) fail(`has no table of texts under "${table}"`);
  if (lock.amis !== undefined && !(isRecord(lock.amis) && Object.values(lock.amis).every(isTable)))
    fail('has no table of image ids under "amis"');
  for (const [reference, digest] of Object.entries(lock.images ?? {}))
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) fail(`has a digest of ${reference} that is none`);
  return lock;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTable = (value: unknown): boolean =>
  value === undefined || (isRecord(value) && Object.values(value).every((each) => typeof each === 'string'));
