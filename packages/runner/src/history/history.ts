// Reads a stack's history from its events and from the archive, and finds an earlier revision for a rollback.

import type { StackInput } from '../deploy/stackInput.ts';
import { templateHash } from '../deploy/stackInput.ts';
import type { RunEvent } from '../events/catalog.ts';
import type { StackOperation } from '../events/reportEvents.ts';
import type { BucketPort } from '../ports/machines.ts';
import { readWithRetry } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  RunStopped,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  runToValue,
  startRun,
} from '../run/run.ts';
import { describeStack } from '../stack/describe.ts';
import { readOperations } from './operations.ts';
import { chooseRevision, indexKey, type Revision, revisionsIn, templateKey } from './revisions.ts';

export interface HistoryInput {
  readonly stackName: string;
  /** The number of operations to show, newest first. */
  readonly limit: number;
}

/**
 * Emits the operations on a stack, newest first. CloudFormation keeps events for 90 days; the archive in the
 * environment's bucket is kept longer, and remains when the stack is deleted. Writes nothing.
 */
export async function* readHistory(
  clients: Clients,
  input: HistoryInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.stackName, options, `i2kit history ${input.stackName}`);
  yield* runToResult(run, reportHistory(run, input));
}

async function* reportHistory(run: Run, { limit }: HistoryInput): RunGenerator<Result> {
  const stack = yield* describeStack(run, run.stackName);
  const revisions = (yield* readRevisions(run)) ?? [];
  const stackId = stack?.stackId ?? revisions.at(-1)?.stackId;
  if (stackId === undefined)
    return resultOf(run, 'failed', `There is no stack ${run.stackName}.`, { reason: 'absent' });
  const { operations, whole } = (yield* readOperations(run, stackId, limit)) ?? { operations: [], whole: true };
  const known = operations.map((each) => withRevisionNumber(each, revisions));
  const older = whole && known.length < limit ? archivedOnlyOperations(revisions, known) : [];
  const all = [...older, ...known].slice(-limit);
  const now =
    stack && all.findLast(({ what, outcome }) => outcome === 'succeeded' && (what === 'create' || what === 'update'));
  for (const each of all.toReversed()) {
    const operation: StackOperation = each === now ? { ...each, current: true } : each;
    yield runEvent(run, 'I2K880', `${operation.what} ${operation.outcome}`, operation);
  }
  return resultOf(run, 'succeeded', `${all.length} operations.`);
}

const revisionFields = ({ revision, templateHash: hash, inputHash }: Revision) => ({
  revision,
  templateHash: hash,
  inputHash,
});

function withRevisionNumber(operation: StackOperation, revisions: readonly Revision[]): StackOperation {
  const found = revisions.find((each) => each.token === operation.token && each.stackId === operation.stackId);
  return found ? { ...operation, ...revisionFields(found) } : operation;
}

/**
 * An older revision belongs to an earlier stack of that name, or its events are gone; a newer one without events was
 * never executed.
 */
function archivedOnlyOperations(
  revisions: readonly Revision[],
  known: readonly StackOperation[],
): readonly StackOperation[] {
  const first = known[0];
  return revisions.flatMap((each): StackOperation[] => {
    const begunAt = Date.parse(each.at);
    if (known.some(({ revision }) => revision === each.revision)) return [];
    if (first && first.stackId === each.stackId && first.begunAt <= begunAt) return [];
    return [
      {
        what: 'update',
        outcome: 'unknown',
        status: '',
        begunAt,
        stackId: each.stackId,
        token: each.token,
        ...revisionFields(each),
      },
    ];
  });
}

/** Oldest first; undefined without a bucket. Ends the run if the archive cannot be read. */
async function* readRevisions(run: Run): RunGenerator<readonly Revision[] | undefined> {
  const { bucket } = run.clients;
  if (!bucket) return undefined;
  const answer = yield* readWithRetry(run, 'GetObject', (options) =>
    bucket.get({ Key: indexKey(run.stackName) }, options),
  );
  if (answer.ok) return revisionsIn(answer.value.Body) ?? [];
  if (answer.problems[0].kind === 'absent') return [];
  throw new RunStopped(
    resultOf(
      run,
      'failed',
      `The archive of ${run.stackName} cannot be read: ${answer.problems[0].name}: ${answer.problems[0].message}`,
      {
        reason: answer.problems[0].kind === 'denied' ? 'denied' : 'invalid',
      },
    ),
  );
}

export interface EarlierRevisionInput {
  readonly stackName: string;
  /** A revision's number, or the first six or more digits of a hash. */
  readonly to: string;
}

/** The earlier input, to be reviewed like any other, or the reason why it cannot be used. */
export type EarlierRevision =
  | { readonly kind: 'found'; readonly revision: Revision; readonly input: StackInput }
  | { readonly kind: 'blocked'; readonly result: Result };

/** Finds the input of an earlier apply. Read-only. */
export async function findEarlierRevision(
  clients: Clients,
  input: EarlierRevisionInput,
  options: RunOptions = {},
): Promise<EarlierRevision> {
  const run = startRun(clients, input.stackName, options, `i2kit rollback ${input.stackName} --to ${input.to}`);
  const made = await runToValue(readEarlierRevision(run, input.to));
  return made.ok ? made.value : { kind: 'blocked', result: made.problems[0] };
}

async function* readEarlierRevision(run: Run, to: string): RunGenerator<EarlierRevision> {
  const { bucket } = run.clients;
  const revisions = yield* readRevisions(run);
  if (!bucket || !revisions) {
    throw new RunStopped(
      refusalOf(run, 'unkept', `Nothing of ${run.stackName} is archived: its environment has no bucket.`, {
        hint: 'Remove `bucket: false` from i2kit.yaml and run `i2kit env create`; each apply then archives its template. Until then, apply the earlier manifests.',
      }),
    );
  }
  const choice = chooseRevision(revisions, to);
  if (!choice.ok) {
    const some =
      revisions.length > 0
        ? `Existing revisions: ${revisions[0]?.revision} to ${revisions.at(-1)?.revision}. See \`i2kit history\`.`
        : 'No revision is archived yet.';
    throw new RunStopped(
      resultOf(run, 'failed', `${choice.problems[0].message} of ${run.stackName}.`, { reason: 'unknown', hint: some }),
    );
  }
  const { value: revision } = choice;
  const template = yield* readArchivedTemplate(run, bucket, revision);
  const hidden = Object.entries(revision.parameters).find(([, value]) => value === '****');
  if (hidden) {
    throw new RunStopped(
      refusalOf(
        run,
        'unkept',
        `CloudFormation hides the value of the parameter ${hidden[0]} of revision ${revision.revision}, so it cannot be deployed again.`,
      ),
    );
  }
  const { parameters, tags, capabilities, notificationArns } = revision;
  const given = {
    ...(capabilities.length > 0 ? { capabilities } : {}),
    ...(notificationArns.length > 0 ? { notificationArns } : {}),
  };
  return {
    kind: 'found',
    revision,
    input: { stackName: run.stackName, template, parameters, tags, ...given, expect: { region: run.clients.region } },
  };
}

async function* readArchivedTemplate(
  run: Run,
  bucket: BucketPort,
  { templateHash: hash, revision }: Revision,
): RunGenerator<string> {
  const answer = yield* readWithRetry(run, 'GetObject', (options) =>
    bucket.get({ Key: templateKey(run.stackName, hash) }, options),
  );
  const body = answer.ok ? answer.value.Body : undefined;
  if (body !== undefined && templateHash(body) === hash) return body;
  const why = answer.ok
    ? 'differs from the archived hash'
    : `cannot be read: ${answer.problems[0].name}: ${answer.problems[0].message}`;
  throw new RunStopped(refusalOf(run, 'unkept', `The template of revision ${revision} of ${run.stackName} ${why}.`));
}
