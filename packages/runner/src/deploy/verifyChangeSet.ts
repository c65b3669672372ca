// Verifies before execution that the change set is still the reviewed one, was made from the reviewed template, and
// loses no data without permission.

import { readOperationToken } from '../operation/operationToken.ts';
import type { ChangeSetDescription } from '../ports/cloudFormation.ts';
import { requireRead } from '../run/calls.ts';
import { notStartedMessage, type Run, type RunGenerator, RunStopped, refusalOf } from '../run/run.ts';
import { endangeredResources, endangeredText, needsDeletionPolicies, notAllowed } from '../stack/dataLossGuard.ts';
import { describeChangeSet, describeStack, listChanges, type StackState } from '../stack/describe.ts';
import { readDeletionPolicies } from '../stack/resources.ts';
import { readinessOf } from '../stack/status.ts';
import { changeSetDescriptionOf, operationTokenOf } from './changeSet.ts';
import type { ChangeSetReview } from './review.ts';
import { templateHash } from './stackInput.ts';

export interface VerifiedChangeSet {
  /** The stack's status before the execution. */
  readonly status: string;
  /** An earlier run of the same review has executed, or is executing, this change set. */
  readonly alreadyExecuted: boolean;
  /** Set if it is not being executed: the changes to execute. */
  readonly changeSet?: ChangeSetDescription;
  readonly template?: string;
}

/** Refuses, or returns the state of the stack. Read-only. */
export async function* verifyChangeSet(
  run: Run,
  review: ChangeSetReview,
  options: { readonly allowReplace?: readonly string[] },
): RunGenerator<VerifiedChangeSet> {
  const stack = yield* describeStack(run, review.stackId);
  if (!stack || stack.status === 'DELETE_COMPLETE') throw new RunStopped(obsoleteRefusal(run, 'the stack was deleted'));
  const changeSet = yield* describeChangeSet(run, review.changeSetId);
  const execution = changeSet?.ExecutionStatus ?? 'gone';
  if (execution.startsWith('EXECUTE_') || (!changeSet && stack.changeSetId === review.changeSetId))
    return { status: stack.status, alreadyExecuted: true };
  if (readinessOf(stack.status) === 'busy') throw new RunStopped(yield* refuseBusy(run, stack));
  if (!changeSet || execution !== 'AVAILABLE')
    throw new RunStopped(obsoleteRefusal(run, `the change set is ${execution}`));
  if (changeSet.StackId !== review.stackId || changeSet.Description !== changeSetDescriptionOf(review.inputHash)) {
    throw new RunStopped(
      refusalOf(run, 'changed-input', 'The change set was not made from the reviewed input. Plan again.'),
    );
  }
  const { TemplateBody } = yield* requireRead(run, 'GetTemplate', (call) =>
    run.clients.cloudFormation.getTemplate({ ChangeSetName: review.changeSetId, TemplateStage: 'Original' }, call),
  );
  if (templateHash(TemplateBody ?? '') !== review.templateHash) {
    throw new RunStopped(
      refusalOf(run, 'changed-input', 'The change set holds another template than the reviewed one. Plan again.'),
    );
  }
  // Read again: a review file may have been edited.
  const changes = yield* listChanges(run, { ...changeSet, ChangeSetId: review.changeSetId });
  const policies = needsDeletionPolicies(changes) ? yield* readDeletionPolicies(run, review.stackId) : undefined;
  const harm = notAllowed(endangeredResources(changes, policies), options.allowReplace);
  if (harm.length > 0) {
    throw new RunStopped(
      refusalOf(
        run,
        harm.some((each) => each.worth === 'data') ? 'data' : 'replacement',
        `${endangeredText(harm)}. ${notStartedMessage(run)}`,
        {
          hint: `To allow it: ${harm.map((each) => `--allow-replace ${each.logicalId}`).join(' ')}.`,
        },
      ),
    );
  }
  return { status: stack.status, alreadyExecuted: false, changeSet, template: TemplateBody ?? '' };
}

export const obsoleteRefusal = (run: Run, why: string) =>
  refusalOf(run, 'obsolete', `${run.stackName} has changed since the review: ${why}. Plan again.`);

async function* refuseBusy(run: Run, stack: StackState) {
  const token =
    (yield* readOperationToken(run, stack.stackId)) ??
    (stack.changeSetId ? operationTokenOf(stack.changeSetId) : 'unknown');
  return refusalOf(
    run,
    'busy',
    `${run.stackName} is ${stack.status}: another run (${token}) is working on it. ${notStartedMessage(run)}`,
    {
      hint: `Wait for it with \`i2kit events --follow ${run.stackName}\`, then plan again.`,
    },
  );
}
