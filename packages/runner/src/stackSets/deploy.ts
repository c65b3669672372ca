// Deploys a reviewed stack set: the whole sequence in one place.
//
//   review ─► account and region verified ─► still as reviewed ─► own operation in progress: watched
//     ─► set created ─► set and its stacks updated ─► missing stacks created ─► undesired stacks deleted
//     ─► every stack current: succeeded
//
// Each step is decided by the current state, so that the next run continues a killed one.

import type { RunEvent } from '../events/catalog.ts';
import type { ApiAction } from '../ports/cloudFormation.ts';
import type { StackSetPort } from '../ports/stackSets.ts';
import { assertAccountRegion } from '../run/accountRegion.ts';
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
  startRun,
} from '../run/run.ts';
import { buildStackSetBody, createStackSet } from './create.ts';
import { describeStackSet, readNewestOperation } from './describe.ts';
import { operationId, operationPrefix, type StackSetInput, stackSetHash } from './input.ts';
import {
  type EndedOperation,
  findOwnOperation,
  stackSetFailure,
  startOperation,
  watchStackSetOperation,
} from './operation.ts';
import {
  changedSettings,
  instanceTargetsOf,
  missingInstances,
  operationPreferencesOf,
  outdatedInstances,
  permissionModelOf,
  surplusInstances,
} from './plan.ts';
import { assertNothingEndangered, assertStillReviewed, type StackSetReview, stackSetReviewOf } from './review.ts';

export interface StackSetOptions extends RunOptions {
  readonly allowReplace?: readonly string[];
  /** Return as soon as CloudFormation has accepted the first operation. */
  readonly detach?: boolean;
}

/**
 * Deploys the reviewed set, and waits for every stack. Never throws errors of the outside world.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
 */
export async function* deployStackSet(
  clients: Clients,
  port: StackSetPort,
  review: StackSetReview,
  input: StackSetInput,
  options: StackSetOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.name, options, `i2kit apply ${input.name}`);
  yield* runToResult(run, executeStackSetReview(run, port, review, input, options));
}

async function* executeStackSetReview(
  run: Run,
  port: StackSetPort,
  review: StackSetReview,
  input: StackSetInput,
  options: StackSetOptions,
): RunGenerator<Result> {
  if (review.kind === 'blocked') return review.result;
  const hash = stackSetHash(input);
  if (hash !== review.inputHash) {
    return refusalOf(run, 'changed-input', 'The input has changed since the review. Plan again.');
  }
  const place = yield* assertAccountRegion(run, review);
  let view = yield* describeStackSet(run, port, input.name);
  assertStillReviewed(run, review, view);
  // Reviewed again: a review file may have been edited.
  const now = stackSetReviewOf(view, input, place);
  if (now.kind === 'stack-set') assertNothingEndangered(run, now.endangered, options.allowReplace);
  if (view && view.set.PermissionModel !== undefined && view.set.PermissionModel !== permissionModelOf(input)) {
    throw new RunStopped(
      refusalOf(
        run,
        'invalid',
        `The stack set is ${view.set.PermissionModel}, but ${permissionModelOf(input)} is requested: that cannot be changed. Nothing was started.`,
      ),
    );
  }
  let did = false;
  let bad: EndedOperation | undefined;
  const operated = async function* (ours: string): RunGenerator<boolean> {
    did = true;
    const end = yield* watchStackSetOperation(run, port, ours);
    if (end.status !== 'SUCCEEDED') bad = end;
    return end.status === 'SUCCEEDED';
  };
  const operate = async function* (
    action: ApiAction,
    what: unknown,
    send: (OperationId: string) => Promise<unknown>,
  ): RunGenerator<boolean> {
    const before = (yield* readNewestOperation(run, port, input.name))?.OperationId ?? '';
    const id = operationId(hash, JSON.stringify([action, what]), view?.id ?? '', before);
    const taken = yield* startOperation(run, port, { action, id, prefix: operationPrefix(hash) }, () => send(id));
    if (options.detach)
      throw new RunStopped(
        resultOf(run, 'detached', `The stack set ${input.name} continues in AWS; watch it with: ${run.command}`),
      );
    return yield* operated(taken);
  };
  const earlier = view && (yield* findOwnOperation(run, port, operationPrefix(hash)));
  if (earlier !== undefined) {
    yield runEvent(run, 'I2K814', 'An earlier run of the same input is in progress; watching it.', { token: earlier });
    run.state.begun = 'yes';
    if (options.detach)
      return resultOf(run, 'detached', `The stack set ${input.name} continues in AWS; watch it with: ${run.command}`);
    if (!(yield* operated(earlier))) return stackSetFailure(run, bad as EndedOperation, 'deployed');
    view = yield* describeStackSet(run, port, input.name);
  }
  const body = yield* buildStackSetBody(run, input);
  if (!view) {
    yield* createStackSet(run, port, { ...body, ClientRequestToken: `${operationPrefix(hash)}set` });
    did = true;
    view = yield* describeStackSet(run, port, input.name);
    if (!view) return refusalOf(run, 'obsolete', `The stack set ${input.name} was deleted meanwhile. Plan again.`);
  }
  const setId = view.id;
  if (changedSettings(view, input).length > 0 || outdatedInstances(view, input).length > 0) {
    const preferences = operationPreferencesOf(input, [...new Set(view.instances.map(({ Region = '' }) => Region))]);
    const { PermissionModel: _, ...rest } = body;
    const ok = yield* operate('UpdateStackSet', 'update', (OperationId) =>
      port.updateStackSet({
        ...rest,
        OperationId,
        ...(view?.instances.length ? { OperationPreferences: preferences } : {}),
      }),
    );
    if (!ok) return stackSetFailure(run, bad as EndedOperation, 'updated');
    view = (yield* describeStackSet(run, port, input.name)) ?? view;
  }
  for (const places of missingInstances(view, input)) {
    const ok = yield* operate('CreateStackInstances', places, (OperationId) =>
      port.createStackInstances({
        StackSetName: input.name,
        ...places,
        OperationId,
        OperationPreferences: operationPreferencesOf(input, places.Regions),
      }),
    );
    if (!ok) return stackSetFailure(run, bad as EndedOperation, 'deployed');
  }
  for (const places of instanceTargetsOf(surplusInstances(view, input))) {
    const ok = yield* operate('DeleteStackInstances', places, (OperationId) =>
      port.deleteStackInstances({
        StackSetName: input.name,
        ...places,
        OperationId,
        OperationPreferences: operationPreferencesOf(input, places.Regions),
        RetainStacks: false,
      }),
    );
    if (!ok) return stackSetFailure(run, bad as EndedOperation, 'reduced');
  }
  return yield* concludeDeployment(run, port, input, setId, did);
}

/** Success requires every desired stack to exist and be current; an operation may succeed within its tolerance. */
async function* concludeDeployment(
  run: Run,
  port: StackSetPort,
  input: StackSetInput,
  setId: string,
  did: boolean,
): RunGenerator<Result> {
  const view = yield* describeStackSet(run, port, input.name);
  if (!view || view.id !== setId)
    return refusalOf(run, 'obsolete', `The stack set ${input.name} was replaced by another run. Plan again.`);
  const behind = outdatedInstances(view, input);
  if (behind.length > 0) {
    const ended = { status: 'SUCCEEDED', reason: '', failed: behind.map((each) => ({ ...each, Status: 'FAILED' })) };
    return stackSetFailure(run, ended, 'deployed everywhere, within the tolerance');
  }
  const rest = { stackId: setId, status: 'ACTIVE' };
  if (!did)
    return resultOf(run, 'unchanged', `The stack set ${input.name} is up to date; there was nothing to do.`, rest);
  return resultOf(run, 'succeeded', `The stack set ${input.name} is current: ${view.instances.length} stacks.`, rest);
}
