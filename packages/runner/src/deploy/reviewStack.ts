// Reviews a stack: describes it, decides by its readiness, creates a change set and reads it.

import { blockingResourcesText, recoveryHint } from '../operation/failure.ts';
import { readOperationToken } from '../operation/operationToken.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import type { Clients } from '../run/clients.ts';
import {
  notStartedMessage,
  type Run,
  type RunGenerator,
  RunStopped,
  refusalOf,
  resultOf,
  runEvent,
  settleSteps,
  startRun,
} from '../run/run.ts';
import { endangeredResources, needsDeletionPolicies } from '../stack/dataLossGuard.ts';
import { describeStack, listChanges, type StackState } from '../stack/describe.ts';
import { assertOwnership } from '../stack/ownership.ts';
import {
  endangeredByDeletion,
  listBlockingResources,
  listStackResources,
  readDeletionPolicies,
} from '../stack/resources.ts';
import { readinessOf } from '../stack/status.ts';
import {
  changeSetName,
  createChangeSet,
  deleteChangeSet,
  isMadeFromInput,
  isNoChangesReason,
  nonce,
  operationTokenOf,
  waitForChangeSet,
} from './changeSet.ts';
import type { Review, ReviewOptions } from './review.ts';
import { inputHash, type StackInput, templateHash } from './stackInput.ts';
import { uploadTemplate } from './uploadTemplate.ts';

interface ReviewBinding extends AccountRegion {
  readonly version: 1;
  readonly stackName: string;
  readonly templateHash: string;
  readonly inputHash: string;
}

/** The event stream behind `review`; a stop becomes a `blocked` review. */
export function streamReview(clients: Clients, input: StackInput, options: ReviewOptions): RunGenerator<Review> {
  const run = startRun(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  return catchAsBlockedReview(run, reviewInRun(run, input));
}

/** As a step of a run that has already started. */
export async function* reviewInRun(run: Run, input: StackInput): RunGenerator<Review> {
  const hashes = { templateHash: templateHash(input.template), inputHash: inputHash(input) };
  yield runEvent(run, 'I2K801', `Reviewing ${input.stackName}.`, hashes);
  const place = yield* assertAccountRegion(run, input.expect ?? {});
  const bound: ReviewBinding = { version: 1, stackName: input.stackName, ...place, ...hashes };
  if (input.deferred) {
    yield runEvent(run, 'I2K809', 'Its parameters come from a stack that must be deployed first.', {
      because: 'parameters',
    });
    return { ...bound, kind: 'deferred', because: 'parameters', endangered: [] };
  }
  const stack = yield* describeStack(run, input.stackName);
  assertOwnership(run, stack, input.owner);
  const stands = readinessOf(stack?.status);
  const known = stack ? { stackId: stack.stackId, status: stack.status } : {};
  yield runEvent(
    run,
    'I2K802',
    stack ? `${input.stackName} is ${stack.status}.` : `There is no stack ${input.stackName} yet.`,
    {
      ...known,
      standing: stands,
    },
  );
  switch (stands) {
    case 'create':
      return yield* reviewChangeSet(run, input, bound, 'CREATE', stack);
    case 'update':
      return yield* reviewChangeSet(run, input, bound, 'UPDATE', stack);
    default:
      if (!stack) throw new Error('a stack that does not exist is always ready to be created');
      if (stands === 'remake') return yield* deferUntilDeleted(run, bound, stack);
      if (stands === 'busy') return yield* reviewBusyStack(run, bound, stack);
      return yield* refuseFailedStack(run, stack);
  }
}

async function* deferUntilDeleted(run: Run, bound: ReviewBinding, stack: StackState): RunGenerator<Review> {
  const held = endangeredByDeletion((yield* listStackResources(run, stack.stackId)) ?? []);
  yield runEvent(run, 'I2K809', `${bound.stackName} is ${stack.status}: it is deleted first.`, { because: 'remake' });
  return {
    ...bound,
    kind: 'deferred',
    because: 'remake',
    remake: { stackId: stack.stackId, status: stack.status },
    endangered: held,
  };
}

// An earlier, killed run of the same input may have left its operation in progress: watch that one.
async function* reviewBusyStack(run: Run, bound: ReviewBinding, stack: StackState): RunGenerator<Review> {
  const token = yield* readOperationToken(run, stack.stackId);
  const from =
    stack.changeSetId && isMadeFromInput(operationTokenOf(stack.changeSetId), bound.inputHash)
      ? stack.changeSetId
      : undefined;
  if (stack.status === 'DELETE_IN_PROGRESS' && token?.startsWith(`i2kit-remake-${bound.inputHash.slice(0, 16)}`)) {
    return {
      ...bound,
      kind: 'deferred',
      because: 'remake',
      remake: { stackId: stack.stackId, status: stack.status },
      endangered: [],
    };
  }
  const ours =
    token === undefined || token.startsWith('i2kit-cancel-')
      ? from && operationTokenOf(from)
      : isMadeFromInput(token, bound.inputHash)
        ? token
        : undefined;
  if (ours) {
    return {
      ...bound,
      kind: 'attach',
      stackId: stack.stackId,
      token: ours,
      ...(from ? { changeSetId: from } : {}),
      status: stack.status,
    };
  }
  throw new RunStopped(
    refusalOf(
      run,
      'busy',
      `${bound.stackName} is ${stack.status}: another run (${token ?? 'unknown'}) is working on it.`,
      {
        hint: `Wait for it with \`i2kit events --follow ${bound.stackName}\`, then plan again.`,
      },
    ),
  );
}

async function* refuseFailedStack(run: Run, stack: StackState): RunGenerator<never> {
  const held = yield* listBlockingResources(run, stack.stackId);
  const hint = recoveryHint(run.stackName, stack.status, held);
  const what = blockingResourcesText(held);
  throw new RunStopped(
    refusalOf(
      run,
      stack.status === 'DELETE_FAILED' ? 'delete-failed' : 'recover-first',
      `${run.stackName} is ${stack.status}${what && `: ${what}`}. Nothing was written.`,
      {
        held,
        ...(hint ? { hint } : {}),
      },
    ),
  );
}

async function* reviewChangeSet(
  run: Run,
  input: StackInput,
  bound: ReviewBinding,
  type: 'CREATE' | 'UPDATE',
  stack: StackState | undefined,
): RunGenerator<Review> {
  const templateUrl = yield* uploadTemplate(run, input.template, bound.templateHash);
  const name = changeSetName(bound.inputHash, nonce(run));
  const created = yield* createChangeSet(run, {
    name,
    type,
    inputHash: bound.inputHash,
    input,
    ...(templateUrl ? { templateUrl } : {}),
  });
  if (!created.ok) throw new RunStopped(changedMeanwhileRefusal(run, created.problems[0].message));
  const id = created.value;
  run.state.changeSetId = id;
  yield runEvent(run, 'I2K803', `Change set ${name}.`, { changeSetId: id, type });
  const changeSet = yield* waitForChangeSet(run, id);
  if (!changeSet) throw new RunStopped(changedMeanwhileRefusal(run, 'The change set is gone'));
  if (changeSet.Status !== 'CREATE_COMPLETE')
    return yield* reviewFailedChangeSet(run, bound, id, changeSet.StatusReason ?? '', stack);
  if (changeSet.ExecutionStatus !== 'AVAILABLE')
    throw new RunStopped(changedMeanwhileRefusal(run, `The change set is ${changeSet.ExecutionStatus}`));
  const changes = yield* listChanges(run, { ...changeSet, ChangeSetId: id });
  const stackId = changeSet.StackId ?? '';
  const policies = needsDeletionPolicies(changes) ? yield* readDeletionPolicies(run, stackId) : undefined;
  const at = endangeredResources(changes, policies);
  yield runEvent(run, 'I2K804', `${changes.length} changes.`, {
    changeSetId: id,
    changes: changes.length,
    endangered: at,
  });
  return { ...bound, kind: 'change-set', type, stackId, changeSetId: id, changes, endangered: at };
}

const changedMeanwhileRefusal = (run: Run, reason: string) =>
  refusalOf(run, 'obsolete', `${run.stackName} changed during the review: ${reason}. Plan again.`);

async function* reviewFailedChangeSet(
  run: Run,
  bound: ReviewBinding,
  id: string,
  reason: string,
  stack: StackState | undefined,
): RunGenerator<Review> {
  yield* deleteChangeSet(run, id);
  delete run.state.changeSetId;
  if (!isNoChangesReason(reason)) {
    throw new RunStopped(
      resultOf(
        run,
        'failed',
        `CloudFormation refused the change set: ${reason.replace(/\.$/, '')}. ${notStartedMessage(run)}`,
        {
          reason: 'invalid',
        },
      ),
    );
  }
  yield runEvent(run, 'I2K805', 'There is nothing to change.', { said: reason });
  // Describe the stack again: "no change" is a success only if the stack is at rest and did not fail.
  const now = stack && (yield* describeStack(run, stack.stackId));
  if (!now || readinessOf(now.status) !== 'update')
    throw new RunStopped(changedMeanwhileRefusal(run, `it is ${now?.status ?? 'gone'}`));
  if (now.status === 'UPDATE_FAILED') {
    throw new RunStopped(
      resultOf(run, 'failed', `${bound.stackName} is UPDATE_FAILED, and the input changes nothing in it.`, {
        reason: 'deployment',
      }),
    );
  }
  return { ...bound, kind: 'unchanged', stackId: now.stackId, status: now.status, outputs: now.outputs };
}

/** The review of the steps; a blocked one, with the reason, if they stop the run. */
export async function* catchAsBlockedReview(run: Run, steps: RunGenerator<Review>): RunGenerator<Review> {
  const made = yield* settleSteps(steps);
  return made.ok ? made.value : { kind: 'blocked', version: 1, stackName: run.stackName, result: made.problems[0] };
}
