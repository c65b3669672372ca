// Whose a stack is, by its tags: `<env>-<app>` names one stack for a-b of c and for a of b-c, and anyone may have used the name before.
import type { StackOwner } from '../deploy/stackInput.ts';
import { notStartedMessage, type Run, refusalOf, stopError } from '../run/run.ts';
import type { StackState } from './describe.ts';

/** Refuses a stack that is another's, or nobody's that we know. A change set that was never executed has made nothing yet. */
export function assertOwnership(run: Run, stack: StackState | undefined, owner: StackOwner | undefined): void {
  if (!owner || !stack || stack.status === 'REVIEW_IN_PROGRESS' || stack.status === 'DELETE_COMPLETE') return;
  const { 'i2kit:env': env, 'i2kit:app': app } = stack.tags;
  if (env === owner.env && app === owner.app) return;
  throw stopError(
    refusalOf(
      run,
      'foreign',
      `The stack ${run.stackName} is there, and it is ${ownerText(env, app)}, not ${ownerText(owner.env, owner.app)}. ${notStartedMessage(run)}`,
      {
        stackId: stack.stackId,
        hint: 'Give this app or its environment another name; a stack is called <env>-<app>, the one of an environment i2kit-<env>.',
      },
    ),
  );
}

function ownerText(env: string | undefined, app: string | undefined): string {
  if (env === undefined && app === undefined) return "none of i2kit's, by its tags";
  return app === undefined
    ? `that of the environment ${env}`
    : `that of the app ${app} in the environment ${env ?? 'that its tags do not name'}`;
}
