// How a review is made: look at the stack, decide by its standing, make the change set, read it.

import { caughtBy } from './blocked.ts';
import { changeSetName, createChangeSet, isOf, nonce, removeChangeSet, saysUnchanged, settled, tokenOf } from './changeset.ts';
import type { Clients } from './clients.ts';
import { asksForPolicies, endangered } from './guard.ts';
import { inputHash, templateHash } from './hash.ts';
import { assertPlace, type Place } from './identity.ts';
import type { StackInput } from './input.ts';
import { changesOf, type StackView, stackOf } from './look.ts';
import { heldInWords, wayOut } from './outcome.ts';
import { assertOurs } from './owner.ts';
import { heldBy, heldData, policiesOf, resourcesOf } from './resources.ts';
import type { Review, ReviewOptions } from './review.ts';
import { begin, conclude, nothing, type Run, refuse, type Steps, say, stop } from './run.ts';
import { standing } from './status.ts';
import { uploaded } from './upload.ts';
import { newestToken } from './whose.ts';

interface Bound extends Place {
  readonly version: 1;
  readonly stackName: string;
  readonly templateHash: string;
  readonly inputHash: string;
}

/** The stream behind `review`; what stops it becomes a `blocked` review. */
export function reviewing(clients: Clients, input: StackInput, options: ReviewOptions): Steps<Review> {
  const run = begin(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  return caughtBy(run, reviewIn(run, input));
}

/** As a step of a run that is under way already. */
export async function* reviewIn(run: Run, input: StackInput): Steps<Review> {
  const hashes = { templateHash: templateHash(input.template), inputHash: inputHash(input) };
  yield say(run, 'I2K801', `Reviewing ${input.stackName}.`, hashes);
  const place = yield* assertPlace(run, input.expect ?? {});
  const bound: Bound = { version: 1, stackName: input.stackName, ...place, ...hashes };
  if (input.deferred) {
    yield say(run, 'I2K809', 'Its parameters come from a stack that must be there first.', { because: 'parameters' });
    return { ...bound, kind: 'deferred', because: 'parameters', endangered: [] };
  }
  const stack = yield* stackOf(run, input.stackName);
  assertOurs(run, stack, input.owner);
  const stands = standing(stack?.status);
  const known = stack ? { stackId: stack.stackId, status: stack.status } : {};
  yield say(run, 'I2K802', stack ? `${input.stackName} is ${stack.status}.` : `There is no stack ${input.stackName} yet.`, {
    ...known,
    standing: stands,
  });
  switch (stands) {
    case 'create':
      return yield* withChangeSet(run, input, bound, 'CREATE', stack);
    case 'update':
      return yield* withChangeSet(run, input, bound, 'UPDATE', stack);
    default:
      if (!stack) throw new Error('a stack that does not exist has no standing but create');
      if (stands === 'remake') return yield* remake(run, bound, stack);
      if (stands === 'busy') return yield* busy(run, bound, stack);
      return yield* unable(run, stack);
  }
}

async function* remake(run: Run, bound: Bound, stack: StackView): Steps<Review> {
  const held = heldData((yield* resourcesOf(run, stack.stackId)) ?? []);
  yield say(run, 'I2K809', `${bound.stackName} is ${stack.status}: it is deleted first.`, { because: 'remake' });
  return { ...bound, kind: 'deferred', because: 'remake', remake: { stackId: stack.stackId, status: stack.status }, endangered: held };
}

// An earlier run of the same input, killed, may have left its operation behind: that one is ours to watch.
async function* busy(run: Run, bound: Bound, stack: StackView): Steps<Review> {
  const token = yield* newestToken(run, stack.stackId);
  const from = stack.changeSetId && isOf(tokenOf(stack.changeSetId), bound.inputHash) ? stack.changeSetId : undefined;
  if (stack.status === 'DELETE_IN_PROGRESS' && token?.startsWith(`i2kit-remake-${bound.inputHash.slice(0, 16)}`)) {
    return { ...bound, kind: 'deferred', because: 'remake', remake: { stackId: stack.stackId, status: stack.status }, endangered: [] };
  }
  const ours =
    token === undefined || token.startsWith('i2kit-cancel-') ? from && tokenOf(from) : isOf(token, bound.inputHash) ? token : undefined;
  if (ours) {
    return { ...bound, kind: 'attach', stackId: stack.stackId, token: ours, ...(from ? { changeSetId: from } : {}), status: stack.status };
  }
  throw stop(
    refuse(run, 'busy', `${bound.stackName} is ${stack.status}: another run (${token ?? 'unknown'}) is at work on it.`, {
      hint: `Wait for it with \`i2kit events --follow ${bound.stackName}\`, then plan again.`,
    }),
  );
}

async function* unable(run: Run, stack: StackView): Steps<never> {
  const held = yield* heldBy(run, stack.stackId);
  const hint = wayOut(run.stackName, stack.status, held);
  const what = heldInWords(held);
  throw stop(
    refuse(
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

async function* withChangeSet(
  run: Run,
  input: StackInput,
  bound: Bound,
  type: 'CREATE' | 'UPDATE',
  stack: StackView | undefined,
): Steps<Review> {
  const templateUrl = yield* uploaded(run, input.template, bound.templateHash);
  const name = changeSetName(bound.inputHash, nonce(run));
  const { id, said } = yield* createChangeSet(run, {
    name,
    type,
    inputHash: bound.inputHash,
    input,
    ...(templateUrl ? { templateUrl } : {}),
  });
  if (id === undefined) throw stop(moved(run, said ?? ''));
  run.seen.changeSetId = id;
  yield say(run, 'I2K803', `Change set ${name}.`, { changeSetId: id, type });
  const changeSet = yield* settled(run, id);
  if (!changeSet) throw stop(moved(run, 'The change set is gone'));
  if (changeSet.Status !== 'CREATE_COMPLETE') return yield* without(run, bound, id, changeSet.StatusReason ?? '', stack);
  if (changeSet.ExecutionStatus !== 'AVAILABLE') throw stop(moved(run, `The change set is ${changeSet.ExecutionStatus}`));
  const changes = yield* changesOf(run, { ...changeSet, ChangeSetId: id });
  const stackId = changeSet.StackId ?? '';
  const policies = asksForPolicies(changes) ? yield* policiesOf(run, stackId) : undefined;
  const at = endangered(changes, policies);
  yield say(run, 'I2K804', `${changes.length} changes.`, { changeSetId: id, changes: changes.length, endangered: at });
  return { ...bound, kind: 'change-set', type, stackId, changeSetId: id, changes, endangered: at };
}

const moved = (run: Run, said: string) => refuse(run, 'obsolete', `${run.stackName} changed while it was reviewed: ${said}. Plan again.`);

async function* without(run: Run, bound: Bound, id: string, reason: string, stack: StackView | undefined): Steps<Review> {
  yield* removeChangeSet(run, id);
  delete run.seen.changeSetId;
  if (!saysUnchanged(reason)) {
    throw stop(
      conclude(run, 'failed', `CloudFormation refused the change set: ${reason.replace(/\.$/, '')}. ${nothing(run)}`, {
        reason: 'invalid',
      }),
    );
  }
  yield say(run, 'I2K805', 'There is nothing to change.', { said: reason });
  // Looked at again: "no change" is only a success where the stack is at rest, and did not fail.
  const now = stack && (yield* stackOf(run, stack.stackId));
  if (!now || standing(now.status) !== 'update') throw stop(moved(run, `it is ${now?.status ?? 'gone'}`));
  if (now.status === 'UPDATE_FAILED') {
    throw stop(
      conclude(run, 'failed', `${bound.stackName} is UPDATE_FAILED, and the input changes nothing in it.`, { reason: 'deployment' }),
    );
  }
  return { ...bound, kind: 'unchanged', stackId: now.stackId, status: now.status, outputs: now.outputs };
}
