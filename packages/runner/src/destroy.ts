// A stack is deleted: what goes and what stays is reviewed first, then that very incarnation is deleted and waited for.
import { again, attempt, giveUp, speaksOfState } from './call.ts';
import { nonce } from './changeset.ts';
import type { Clients } from './clients.ts';
import type { DestroyReview } from './destroyreview.ts';
import { markEvents } from './eventlog.ts';
import type { RunEvent } from './events/catalog.ts';
import { assertPlace } from './identity.ts';
import { type LeaseOptions, underLease } from './lease.ts';
import { type StackView, stackOf } from './look.ts';
import { operation } from './operation.ts';
import { heldInWords, wayOut } from './outcome.ts';
import { heldBy } from './resources.ts';
import type { Result } from './result.ts';
import { begin, conclude, ending, type Run, type RunOptions, refuse, type Steps, say, stop } from './run.ts';
import { standing } from './status.ts';
import { watch } from './watch.ts';

export interface DestroyOptions extends RunOptions {
  /** Logical ids to leave in the account; only in DELETE_FAILED, as CloudFormation has it. */
  readonly retain?: readonly string[];
  readonly detach?: boolean;
  /** As of `execute`. */
  readonly lease?: LeaseOptions;
}

/**
 * Deletes the stack that was reviewed, by its ARN, and waits for it. One that is gone is a success; one that is being
 * deleted is watched.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 */
export async function* destroy(
  clients: Clients,
  review: DestroyReview,
  options: DestroyOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, review.stackName, options, `i2kit destroy ${review.stackName}`);
  yield* ending(run, destroyed(run, review, options));
}

type Present = Extract<DestroyReview, { kind: 'present' }>;

async function* destroyed(run: Run, review: DestroyReview, options: DestroyOptions): Steps<Result> {
  if (review.kind === 'blocked') return review.result;
  yield* assertPlace(run, review);
  if (review.kind === 'absent') {
    return conclude(run, 'unchanged', `There is no stack ${run.stackName}; there was nothing to do.`);
  }
  return yield* underLease(run, options.lease, () => deleted(run, review, options));
}

async function* deleted(run: Run, review: Present, options: DestroyOptions): Steps<Result> {
  const token = `i2kit-destroy-${nonce(run)}`;
  const retain = [...(options.retain ?? [])];
  for (let tries = 0; ; tries++) {
    const stack = yield* stackOf(run, review.stackId);
    if (!stack || stack.status === 'DELETE_COMPLETE')
      return conclude(run, tries === 0 ? 'unchanged' : 'succeeded', `${run.stackName} is gone.`);
    if (stack.status !== 'DELETE_IN_PROGRESS') {
      yield* guarded(run, stack, retain);
      const op = operation('delete', review.stackId, token, stack.status);
      if (tries === 0) yield* markEvents(run, op.log);
      const request = { StackName: review.stackId, ClientRequestToken: token, ...(retain.length > 0 ? { RetainResources: retain } : {}) };
      const answer = yield* attempt(run, 'DeleteStack', () => run.clients.cloudFormation.deleteStack(request), true);
      if (!answer.ok) {
        if (/termination ?protection/i.test(answer.fault.message)) throw stop(isProtected(run));
        // Another run came in between: looked at again, it is refused in words of its own.
        if (answer.fault.kind !== 'transient' && !(speaksOfState(answer.fault) && tries < 5))
          throw giveUp(run, 'DeleteStack', answer.fault);
        yield* again(run, 'DeleteStack', answer.fault, tries);
        continue;
      }
      yield say(run, 'I2K832', `Deleting ${run.stackName}.`, { stackId: review.stackId, token, retain });
      run.seen.begun = 'yes';
      if (options.detach)
        return conclude(run, 'detached', `The deletion of ${run.stackName} goes on in AWS; watch it with: ${run.command}`);
      return yield* watch(run, op);
    }
    return yield* watch(run, operation('delete', review.stackId, token, stack.status));
  }
}

const isProtected = (run: Run): Result =>
  refuse(run, 'protected', `${run.stackName} has termination protection. Nothing was deleted.`, {
    hint: 'Take the protection off first; that is meant to be a step of its own.',
  });

async function* guarded(run: Run, stack: StackView, retain: readonly string[]): Steps<void> {
  const stands = standing(stack.status);
  if (stack.isProtected) throw stop(isProtected(run));
  if (stands === 'busy')
    throw stop(refuse(run, 'busy', `${run.stackName} is ${stack.status}: another run is at work on it. Nothing was deleted.`));
  if (retain.length > 0 && stands !== 'held') {
    throw stop(refuse(run, 'invalid', `--retain is for a stack in DELETE_FAILED, and ${run.stackName} is ${stack.status}.`));
  }
  if (stands !== 'held' || retain.length > 0) return;
  const held = yield* heldBy(run, stack.stackId);
  const hint = wayOut(run.stackName, stack.status, held);
  // It is tried once more: what held it may have been freed. What holds it now is said first.
  yield say(run, 'I2K841', `The last deletion failed: ${heldInWords(held)}. ${hint ?? ''}`, { stackId: stack.stackId, held });
}
