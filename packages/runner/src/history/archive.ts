// Archives the template and the rest of the input before a change set is executed, for a later rollback.

import type { CallResult, ClassifiedError } from '@i2kit/aws';
import { failure, type Outcome, success } from '@i2kit/common';
import { operationTokenOf } from '../deploy/changeSet.ts';
import type { ChangeSetReview } from '../deploy/review.ts';
import type { VerifiedChangeSet } from '../deploy/verifyChangeSet.ts';
import type { ChangeSetDescription } from '../ports/cloudFormation.ts';
import type { BucketPort } from '../ports/machines.ts';
import { callAtMostOnce, reportAndBackOff } from '../run/calls.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import { indexBodyOf, indexKey, type Revision, revisionsIn, templateKey, withRevision } from './revisions.ts';

/** Never ends a run for a reason of its own: the deployment continues without the archive, and an event says so. */
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
  // An existing object under this key has the same content.
  if (!put.ok && put.problems[0].kind !== 'conflict') return yield* reportNotArchived(run, errorText(put.problems[0]));
  const added = yield* addToIndex(run, bucket, made);
  if (!added.ok) yield* reportNotArchived(run, added.problems[0].message);
}

const reportNotArchived = async function* (run: Run, said: string): RunGenerator<void> {
  yield runEvent(
    run,
    'I2K879',
    `The input of this execution cannot be archived, so a rollback to it will not be possible: ${said}`,
    { said },
  );
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

/**
 * A parameter that names a Systems Manager parameter is read again at deployment: the name is archived, not its
 * value.
 */
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

/** Adds the revision to the index, even while other runs write to it; returns its number. */
async function* addToIndex(
  run: Run,
  bucket: BucketPort,
  made: Omit<Revision, 'revision'>,
): RunGenerator<Outcome<number>> {
  const Key = indexKey(run.stackName);
  for (let tries = 0; tries < 8; tries++) {
    const there = yield* callWithLimitedRetry(run, 'GetObject', (options) => bucket.get({ Key }, options));
    if (!there.ok && there.problems[0].kind !== 'absent') return failure({ message: errorText(there.problems[0]) });
    const before = there.ok ? revisionsIn(there.value.Body) : [];
    if (!before) return failure({ message: `${Key} is not an index of i2kit.` });
    const after = withRevision(before, made);
    if (after !== before) {
      const condition = there.ok ? { IfMatch: there.value.ETag ?? '' } : ({ IfNoneMatch: '*' } as const);
      const put = yield* callAtMostOnce(run, 'PutObject', () =>
        bucket.put({ Key, Body: indexBodyOf(after), ...condition }),
      );
      if (!put.ok && put.problems[0].kind !== 'conflict' && put.problems[0].kind !== 'transient')
        return failure({ message: errorText(put.problems[0]) });
      if (!put.ok) {
        // Another run was first, or the response was lost: read the index again.
        yield* reportAndBackOff(run, 'PutObject', put.problems[0], tries);
        continue;
      }
      yield* deleteUnusedTemplates(run, bucket, before, after);
    }
    const revision = after.at(-1)?.revision ?? 0;
    yield runEvent(run, 'I2K878', 'Archived the input of this execution.', {
      revision,
      templateHash: made.templateHash,
    });
    return success(revision);
  }
  return failure({ message: 'other runs keep changing the index.' });
}

const errorText = ({ name, message }: ClassifiedError): string => `${name}: ${message}`;

/** Deletes templates that no revision refers to any more. One that cannot be deleted is harmless. */
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

/** Retries after a few lost responses: for reads, and for writes that can be repeated. */
async function* callWithLimitedRetry<T>(
  run: Run,
  action: 'PutObject' | 'GetObject',
  send: Parameters<typeof callAtMostOnce<T>>[2],
): RunGenerator<CallResult<T>> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, action, send);
    if (answer.ok || answer.problems[0].kind !== 'transient' || tries >= 3) return answer;
    yield* reportAndBackOff(run, action, answer.problems[0], tries);
  }
}
