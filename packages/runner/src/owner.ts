// Whose a stack is, by its tags: `<env>-<app>` names one stack for a-b of c and for a of b-c, and anyone may have used the name before.
import type { Owner } from './input.ts';
import type { StackView } from './look.ts';
import { nothing, type Run, refuse, stop } from './run.ts';

/** Refuses a stack that is another's, or nobody's that we know. A change set that was never executed has made nothing yet. */
export function assertOurs(run: Run, stack: StackView | undefined, owner: Owner | undefined): void {
  if (!owner || !stack || stack.status === 'REVIEW_IN_PROGRESS' || stack.status === 'DELETE_COMPLETE') return;
  const { 'i2kit:env': env, 'i2kit:app': app } = stack.tags;
  if (env === owner.env && app === owner.app) return;
  throw stop(
    refuse(
      run,
      'foreign',
      `The stack ${run.stackName} is there, and it is ${inWords(env, app)}, not ${inWords(owner.env, owner.app)}. ${nothing(run)}`,
      {
        stackId: stack.stackId,
        hint: 'Give this app or its environment another name; a stack is called <env>-<app>, the one of an environment i2kit-<env>.',
      },
    ),
  );
}

function inWords(env: string | undefined, app: string | undefined): string {
  if (env === undefined && app === undefined) return "none of i2kit's, by its tags";
  return app === undefined
    ? `that of the environment ${env}`
    : `that of the app ${app} in the environment ${env ?? 'that its tags do not name'}`;
}
