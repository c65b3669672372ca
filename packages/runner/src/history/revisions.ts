// Revisions of a stack: an index in the environment's bucket, and the templates under their hashes.
import { failure, type Outcome, success } from '@i2kit/common';

/** One execution. */
export interface Revision {
  /** Counts from 1; never reused. */
  readonly revision: number;
  /** ISO 8601, by the clock of the executing process. */
  readonly at: string;
  readonly stackId: string;
  readonly changeSetId: string;
  /** The change set's name, which is its operation's token. */
  readonly token: string;
  /** SHA-256, hex, as in the review. */
  readonly templateHash: string;
  readonly inputHash: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  /** The app's service variables by namespace; not part of the stack, but restored by a rollback. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Revisions kept per stack; the template of an older one is deleted with it. */
export const maxRevisions = 50;

/** Separate from `templates/`, whose objects the bucket's lifecycle rule deletes. */
export const indexKey = (stackName: string): string => `history/${stackName}/index.json`;
export const templateKey = (stackName: string, templateHash: string): string =>
  `history/${stackName}/${templateHash}.json`;

/** Oldest first; undefined if the text is not an index of i2kit. */
export function revisionsIn(body: string): readonly Revision[] | undefined {
  try {
    const { version, revisions } = Object(JSON.parse(body)) as { version?: unknown; revisions?: unknown };
    return version === 1 && Array.isArray(revisions) ? (revisions as Revision[]) : undefined;
  } catch {
    return undefined;
  }
}

export const indexBodyOf = (revisions: readonly Revision[]): string =>
  `${JSON.stringify({ version: 1, revisions }, null, 1)}\n`;

/** Adds a revision; returns the same list if it already contains this execution. */
export function withRevision(all: readonly Revision[], made: Omit<Revision, 'revision'>): readonly Revision[] {
  if (all.some((each) => each.token === made.token && each.stackId === made.stackId)) return all;
  return [...all, { ...made, revision: (all.at(-1)?.revision ?? 0) + 1 }].slice(-maxRevisions);
}

/** Finds a revision by its number, or by the beginning of its template's or review's hash: the newest of several. */
export function chooseRevision(all: readonly Revision[], to: string): Outcome<Revision> {
  const numbered = all.find((each) => String(each.revision) === to);
  if (numbered) return success(numbered);
  const hash = to.toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(hash)) return failure({ message: `There is no revision ${to}` });
  const found = all.filter((each) => each.templateHash.startsWith(hash) || each.inputHash.startsWith(hash));
  const newest = found.at(-1);
  if (!newest) return failure({ message: `No revision has the hash ${to}…` });
  if (new Set(found.map((each) => each.templateHash)).size > 1)
    return failure({ message: `Several templates have a hash that begins with ${to}` });
  return success(newest);
}
