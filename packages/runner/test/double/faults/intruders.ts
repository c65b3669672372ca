// Another run, as far as CloudFormation would allow it.

import { changesBetween, findStack, newArn, partsIn } from '../fakeAccount.ts';
import { fakeCloudFormation } from '../fakeCloudFormation.ts';
import type { FaultHook } from '../faultHook.ts';
import { stackName } from '../scenarios.ts';
import { runUpdate } from '../stackEngine.ts';
import { partsOf, templateOf } from '../template.ts';

/** Starts an update of its own, if the stack is at rest. */
export async function startForeignUpdate(hook: FaultHook): Promise<void> {
  const { it } = hook;
  const caller = it.caller;
  it.caller = 'other';
  const stack = findStack(it, stackName);
  // Only if CloudFormation would allow it.
  if (stack && /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status)) {
    const template = templateOf({ ...partsIn(stack), Theirs: { type: 'AWS::SNS::Topic', ms: 20_000 } });
    it.changeSets.splice(
      0,
      it.changeSets.length,
      ...it.changeSets.filter((each) => each.stackId !== stack.stackId || each.executedWith),
    );
    const made = {
      id: newArn(it, 'changeSet', 'theirs'),
      name: 'theirs',
      token: 't',
      stackId: stack.stackId,
      type: 'UPDATE' as const,
      template,
      description: '',
      input: {},
      changes: changesBetween(partsIn(stack), partsOf(template)),
      tags: stack.tags,
      status: 'CREATE_COMPLETE',
      execution: 'EXECUTE_IN_PROGRESS',
      reason: '',
      executedWith: `theirs-${it.serial}`,
    };
    it.changeSets.push(made);
    stack.changeSetId = made.id;
    it.journal.push({
      kind: 'executed',
      at: it.clock.now(),
      by: 'other',
      stackId: stack.stackId,
      changeSetId: made.id,
      token: made.executedWith,
      template,
    });
    runUpdate(it, stack, made, made.executedWith);
  }
  it.caller = caller;
}

/** Executes a change set of the same input. */
export function executeTwinChangeSet(hook: FaultHook): void {
  const { it } = hook;
  const stack = findStack(it, stackName);
  const ours = it.changeSets.find((each) => each.stackId === stack?.stackId && each.execution === 'AVAILABLE');
  if (!stack || !ours) return;
  // A colleague runs the same command on the same input: another change set whose name has the same prefix.
  const name = `${ours.name.slice(0, 23)}ffffffff`;
  const theirs = { ...ours, id: newArn(it, 'changeSet', name), name, token: name };
  it.changeSets.push(theirs);
  const caller = it.caller;
  it.caller = 'other';
  void fakeCloudFormation(it).executeChangeSet({ ChangeSetName: theirs.id, ClientRequestToken: name });
  it.caller = caller;
}
