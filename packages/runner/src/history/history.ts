// A stack's past: its operations, of its events and of what was kept; and the way back to an earlier one.

import type { StackInput } from '../deploy/stackInput.ts';
import { templateHash } from '../deploy/stackInput.ts';
import type { RunEvent } from '../events/catalog.ts';
import type { StackOperation } from '../events/reportEvents.ts';
import type { BucketPort } from '../ports/machines.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  catchStop,
  type Run,
  type RunGenerator,
  type RunOptions,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  startRun,
  stopError,
} from '../run/run.ts';
import { readWithRetry } from '../sdk/retry.ts';
import { describeStack } from '../stack/describe.ts';
import { readOperations } from './operations.ts';
import { chooseRevision, indexKey, type Revision, revisionsIn, templateKey } from './revisions.ts';

export interface HistoryInput {
  readonly stackName: string;
  /** At most so many operations, the newest ones. */
  readonly limit: number;
}

/**
 * Says the operations on a stack, newest first. CloudFormation keeps events for 90 days; what the environment's bucket keeps
 * is older than that, and outlives the stack. Writes nothing.
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

/** Of an earlier stack of that name, or older than events are; one that is newer and has no events was never executed. */
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

/** Oldest first; undefined where there is no bucket. Ends the run where it cannot be read. */
async function* readRevisions(run: Run): RunGenerator<readonly Revision[] | undefined> {
  const { bucket } = run.clients;
  if (!bucket) return undefined;
  const answer = yield* readWithRetry(run, 'GetObject', (options) =>
    bucket.get({ Key: indexKey(run.stackName) }, options),
  );
  if (answer.ok) return revisionsIn(answer.value.Body) ?? [];
  if (answer.fault.kind === 'absent') return [];
  throw stopError(
    resultOf(
      run,
      'failed',
      `What was kept of ${run.stackName} cannot be read: ${answer.fault.name}: ${answer.fault.message}`,
      {
        reason: answer.fault.kind === 'denied' ? 'denied' : 'invalid',
      },
    ),
  );
}

export interface EarlierRevisionInput {
  readonly stackName: string;
  /** A revision's number, or the first six or more digits of a hash. */
  readonly to: string;
}

/** What the stack should become again, to be reviewed like anything else; or why it cannot be told. */
export type EarlierRevision =
  | { readonly kind: 'found'; readonly revision: Revision; readonly input: StackInput }
  | { readonly kind: 'blocked'; readonly result: Result };

/** Finds what an earlier apply executed. Reads alone. */
export async function findEarlierRevision(
  clients: Clients,
  input: EarlierRevisionInput,
  options: RunOptions = {},
): Promise<EarlierRevision> {
  const run = startRun(clients, input.stackName, options, `i2kit rollback ${input.stackName} --to ${input.to}`);
  let made: EarlierRevision | undefined;
  async function* inner(): RunGenerator<Result> {
    made = yield* readEarlierRevision(run, input.to);
    return resultOf(run, 'succeeded', '');
  }
  const steps = catchStop(inner());
  for (;;) {
    const step = await steps.next();
    if (step.done) return made ?? { kind: 'blocked', result: step.value };
  }
}

async function* readEarlierRevision(run: Run, to: string): RunGenerator<EarlierRevision> {
  const { bucket } = run.clients;
  const revisions = yield* readRevisions(run);
  if (!bucket || !revisions) {
    throw stopError(
      refusalOf(
        run,
        'unkept',
        `Nothing is kept of what was executed on ${run.stackName}: its environment has no bucket.`,
        {
          hint: 'With a bucket (no `bucket: false` in i2kit.yaml, then `i2kit env create`) each apply keeps its template. Until then, apply the earlier manifests.',
        },
      ),
    );
  }
  const choice = chooseRevision(revisions, to);
  if ('wrong' in choice) {
    const some =
      revisions.length > 0
        ? `There are ${revisions[0]?.revision} to ${revisions.at(-1)?.revision}: \`i2kit history\` shows them.`
        : 'None was kept yet.';
    throw stopError(resultOf(run, 'failed', `${choice.wrong} of ${run.stackName}.`, { reason: 'unknown', hint: some }));
  }
  const { revision } = choice;
  const template = yield* readArchivedTemplate(run, bucket, revision);
  const hidden = Object.entries(revision.parameters).find(([, value]) => value === '****');
  if (hidden) {
    throw stopError(
      refusalOf(
        run,
        'unkept',
        `CloudFormation does not tell the parameter ${hidden[0]} of revision ${revision.revision}, so that it cannot be given again.`,
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
  const why = answer.ok ? 'is not what was kept' : `cannot be read: ${answer.fault.name}: ${answer.fault.message}`;
  throw stopError(refusalOf(run, 'unkept', `The template of revision ${revision} of ${run.stackName} ${why}.`));
}
