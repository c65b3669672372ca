// Before execution: the change set is still the one that was reviewed, was made of the reviewed template, and harms nothing unasked.

import { must } from './call.ts';
import { descriptionOf, tokenOf } from './changeset.ts';
import { asksForPolicies, endangered, inWords, unasked } from './guard.ts';
import { templateHash } from './hash.ts';
import { changeSetOf, changesOf, type StackView, stackOf } from './look.ts';
import type { ChangeSetOutput } from './ports/cloudformation.ts';
import { policiesOf } from './resources.ts';
import type { ChangeSetReview } from './review.ts';
import { nothing, type Run, refuse, type Steps, stop } from './run.ts';
import { standing } from './status.ts';
import { newestToken } from './whose.ts';

export interface Checked {
  /** The stack's status before the execution. */
  readonly status: string;
  /** This very change set is being, or has been, executed by an earlier run of the same review. */
  readonly executed: boolean;
  /** Where it is not: what would be executed. */
  readonly changeSet?: ChangeSetOutput;
  readonly template?: string;
}

/** Refuses, or gives how the stack stands. Reads alone. */
export async function* checked(run: Run, review: ChangeSetReview, options: { readonly allowReplace?: readonly string[] }): Steps<Checked> {
  const stack = yield* stackOf(run, review.stackId);
  if (!stack || stack.status === 'DELETE_COMPLETE') throw stop(obsolete(run, 'the stack was deleted'));
  const changeSet = yield* changeSetOf(run, review.changeSetId);
  const execution = changeSet?.ExecutionStatus ?? 'gone';
  if (execution.startsWith('EXECUTE_') || (!changeSet && stack.changeSetId === review.changeSetId))
    return { status: stack.status, executed: true };
  if (standing(stack.status) === 'busy') throw stop(yield* busy(run, stack));
  if (!changeSet || execution !== 'AVAILABLE') throw stop(obsolete(run, `the change set is ${execution}`));
  if (changeSet.StackId !== review.stackId || changeSet.Description !== descriptionOf(review.inputHash)) {
    throw stop(refuse(run, 'changed-input', 'The change set was not made of what was reviewed. Plan again.'));
  }
  const { TemplateBody } = yield* must(run, 'GetTemplate', (call) =>
    run.clients.cloudFormation.getTemplate({ ChangeSetName: review.changeSetId, TemplateStage: 'Original' }, call),
  );
  if (templateHash(TemplateBody ?? '') !== review.templateHash) {
    throw stop(refuse(run, 'changed-input', 'The change set holds another template than the reviewed one. Plan again.'));
  }
  // Read anew: a review file is only a file.
  const changes = yield* changesOf(run, { ...changeSet, ChangeSetId: review.changeSetId });
  const policies = asksForPolicies(changes) ? yield* policiesOf(run, review.stackId) : undefined;
  const harm = unasked(endangered(changes, policies), options.allowReplace);
  if (harm.length > 0) {
    throw stop(
      refuse(run, harm.some((each) => each.worth === 'data') ? 'data' : 'replacement', `${inWords(harm)}. ${nothing(run)}`, {
        hint: `Where it is meant: ${harm.map((each) => `--allow-replace ${each.logicalId}`).join(' ')}.`,
      }),
    );
  }
  return { status: stack.status, executed: false, changeSet, template: TemplateBody ?? '' };
}

export const obsolete = (run: Run, why: string) =>
  refuse(run, 'obsolete', `${run.stackName} is no longer what was reviewed: ${why}. Plan again.`);

async function* busy(run: Run, stack: StackView) {
  const token = (yield* newestToken(run, stack.stackId)) ?? (stack.changeSetId ? tokenOf(stack.changeSetId) : 'unknown');
  return refuse(run, 'busy', `${run.stackName} is ${stack.status}: another run (${token}) is at work on it. ${nothing(run)}`, {
    hint: `Wait for it with \`i2kit events --follow ${run.stackName}\`, then plan again.`,
  });
}
