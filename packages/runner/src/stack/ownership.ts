// Checks ownership tags: the stack name `a-b-c` is ambiguous (environment `a-b` and app `c`, or `a` and `b-c`), and a
// stack of that name may exist already.
import type { StackOwner } from '../deploy/stackInput.ts';
import { notStartedMessage, type Run, RunStopped, refusalOf } from '../run/run.ts';
import type { StackState } from './describe.ts';

/** Refuses a stack of another or an unknown owner. A change set that was never executed has created nothing yet. */
export function assertOwnership(run: Run, stack: StackState | undefined, owner: StackOwner | undefined): void {
  if (!owner || !stack || stack.status === 'REVIEW_IN_PROGRESS' || stack.status === 'DELETE_COMPLETE') return;
  const { 'i2kit:env': env, 'i2kit:app': app } = stack.tags;
  if (env === owner.env && app === owner.app) return;
  throw new RunStopped(
    refusalOf(
      run,
      'foreign',
      `The stack ${run.stackName} already exists and is ${ownerText(env, app)}, not ${ownerText(owner.env, owner.app)}. ${notStartedMessage(run)}`,
      {
        stackId: stack.stackId,
        hint: 'Rename this app or its environment: a stack is called <env>-<app>, that of an environment i2kit-<env>.',
      },
    ),
  );
}

function ownerText(env: string | undefined, app: string | undefined): string {
  if (env === undefined && app === undefined) return 'not managed by i2kit, by its tags';
  return app === undefined
    ? `that of the environment ${env}`
    : `that of the app ${app} in the environment ${env ?? 'that its tags do not name'}`;
}
