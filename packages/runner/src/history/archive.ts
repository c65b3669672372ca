// Before a change set is executed, its template and all that it was made of are kept, so that it can be gone back to.

import { operationTokenOf } from '../deploy/changeSet.ts';
import type { ChangeSetReview } from '../deploy/review.ts';
import type { VerifiedChangeSet } from '../deploy/verifyChangeSet.ts';
import type { ChangeSetDescription } from '../ports/cloudFormation.ts';
import type { BucketPort } from '../ports/machines.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import type { ClassifiedError } from '../sdk/errorClassification.ts';
import { type CallResult, callAtMostOnce, reportAndBackOff } from '../sdk/retry.ts';
import { indexBodyOf, indexKey, type Revision, revisionsIn, templateKey, withRevision } from './revisions.ts';

/** Never ends a run for a reason of its own: who cannot be gone back to is deployed all the same, and that is said. */
export async function* archiveRevision(
  run: Run,
  review: ChangeSetReview,
  { changeSet, template }: VerifiedChangeSet,
  variables: Revision['variables'],
): RunGenerator<void> {
  const { bucket } = run.clients;
  if (!bucket || !changeSet || template === undefined) return;
  const made = { ...revisionOf(run, review, changeSet, template), ...(variables && { variables }) };
  const put = yield* callWithLimitedRetry(run, 'PutObject', () =>
    bucket.put({ Key: templateKey(run.stackName, made.templateHash), Body: template, IfNoneMatch: '*' }),
  );
  // One that is there has the same hash.
  if (!put.ok && put.fault.kind !== 'lost')
    return yield* reportNotArchived(run, `${put.fault.name}: ${put.fault.message}`);
  const said = yield* addToIndex(run, bucket, made);
  if (said !== undefined) yield* reportNotArchived(run, said);
}

const reportNotArchived = async function* (run: Run, said: string): RunGenerator<void> {
  yield runEvent(run, 'I2K879', `What is executed now cannot be kept, and so not be gone back to: ${said}`, { said });
};

function revisionOf(
  run: Run,
  review: ChangeSetReview,
  changeSet: ChangeSetDescription,
  template: string,
): Omit<Revision, 'revision'> {
  const { templateHash, inputHash, stackId, changeSetId } = review;
  return {
    at: new Date(run.clients.clock.now()).toISOString(),
    stackId,
    changeSetId,
    token: operationTokenOf(changeSetId),
    templateHash,
    inputHash,
    parameters: parametersOf(changeSet, template),
    tags: Object.fromEntries((changeSet.Tags ?? []).map((each) => [each.Key ?? '', each.Value ?? ''])),
    capabilities: changeSet.Capabilities ?? [],
    notificationArns: changeSet.NotificationARNs ?? [],
  };
}

/** A parameter that names one of Systems Manager is read anew: a name of its own is kept, what the name stood for is not. */
function parametersOf({ Parameters = [] }: ChangeSetDescription, template: string): Readonly<Record<string, string>> {
  const named = ssmParameterNames(template);
  const kept = Parameters.filter(
    ({ ParameterKey = '', ResolvedValue }) => !named.has(ParameterKey) || ResolvedValue !== undefined,
  );
  return Object.fromEntries(kept.map((each) => [each.ParameterKey ?? '', each.ParameterValue ?? '']));
}

function ssmParameterNames(template: string): ReadonlySet<string> {
  try {
    const { Parameters = {} } = JSON.parse(template) as { Parameters?: Record<string, { Type?: unknown }> };
    const all = Object.entries(Parameters).filter(([, { Type }]) =>
      String(Type).startsWith('AWS::SSM::Parameter::Value<'),
    );
    return new Set(all.map(([name]) => name));
  } catch {
    return new Set();
  }
}

/** Adds to the index, whoever else does so meanwhile; gives why it could not. */
async function* addToIndex(
  run: Run,
  bucket: BucketPort,
  made: Omit<Revision, 'revision'>,
): RunGenerator<string | undefined> {
  const Key = indexKey(run.stackName);
  for (let tries = 0; tries < 8; tries++) {
    const there = yield* callWithLimitedRetry(run, 'GetObject', (options) => bucket.get({ Key }, options));
    if (!there.ok && there.fault.kind !== 'absent') return `${there.fault.name}: ${there.fault.message}`;
    const before = there.ok ? revisionsIn(there.value.Body) : [];
    if (!before) return `${Key} is no index of i2kit's.`;
    const after = withRevision(before, made);
    if (after !== before) {
      const condition = there.ok ? { IfMatch: there.value.ETag ?? '' } : ({ IfNoneMatch: '*' } as const);
      const put = yield* callAtMostOnce(run, 'PutObject', () =>
        bucket.put({ Key, Body: indexBodyOf(after), ...condition }),
      );
      if (!put.ok && put.fault.kind !== 'lost' && put.fault.kind !== 'transient')
        return `${put.fault.name}: ${put.fault.message}`;
      if (!put.ok) {
        // Another run was first, or our answer was lost: what is there now tells.
        yield* reportAndBackOff(run, 'PutObject', put.fault, tries);
        continue;
      }
      yield* deleteUnusedTemplates(run, bucket, before, after);
    }
    yield runEvent(run, 'I2K878', 'What is executed now is kept.', {
      revision: after.at(-1)?.revision ?? 0,
      templateHash: made.templateHash,
    });
    return undefined;
  }
  return 'other runs change the index all the time.';
}

/** Templates that no revision has any more. One that cannot be removed does no harm. */
async function* deleteUnusedTemplates(
  run: Run,
  bucket: BucketPort,
  before: readonly Revision[],
  after: readonly Revision[],
): RunGenerator<void> {
  const kept = new Set(after.map((each) => each.templateHash));
  for (const hash of new Set(before.map((each) => each.templateHash).filter((each) => !kept.has(each)))) {
    yield* callAtMostOnce(run, 'DeleteObject', () => bucket.remove({ Key: templateKey(run.stackName, hash) }));
  }
}

/** Again for a few lost answers: reads, and writes that are the same however often they are made. */
async function* callWithLimitedRetry<T>(
  run: Run,
  action: 'PutObject' | 'GetObject',
  send: Parameters<typeof callAtMostOnce<T>>[2],
): RunGenerator<CallResult<T>> {
  let lost: ClassifiedError | undefined;
  for (let tries = 0; tries < 4; tries++) {
    const answer = yield* callAtMostOnce(run, action, send);
    if (answer.ok || answer.fault.kind !== 'transient') return answer;
    lost = answer.fault;
    yield* reportAndBackOff(run, action, lost, tries);
  }
  return { ok: false, fault: lost ?? { kind: 'transient', name: action, message: 'no answer' } };
}
