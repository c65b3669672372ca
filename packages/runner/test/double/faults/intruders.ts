// Another run, as CloudFormation would let it act.
import { cloudFormation } from '../cloudformation.ts';
import { update } from '../engine.ts';
import type { Hook } from '../hook.ts';
import { stackName } from '../scenarios.ts';
import { partsOf, templateOf } from '../template.ts';
import { arn, diff, partsIn, stackBy } from '../world.ts';

/** Begins an update of its own, where the stack is at rest. */
export async function others(hook: Hook): Promise<void> {
  const { it } = hook;
  const caller = it.caller;
  it.caller = 'other';
  const stack = stackBy(it, stackName);
  // Only where CloudFormation would let them.
  if (stack && /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status)) {
    const template = templateOf({ ...partsIn(stack), Theirs: { type: 'AWS::SNS::Topic', ms: 20_000 } });
    it.changeSets.splice(0, it.changeSets.length, ...it.changeSets.filter((each) => each.stackId !== stack.stackId || each.executedWith));
    const made = {
      id: arn(it, 'changeSet', 'theirs'),
      name: 'theirs',
      token: 't',
      stackId: stack.stackId,
      type: 'UPDATE' as const,
      template,
      description: '',
      input: {},
      changes: diff(partsIn(stack), partsOf(template)),
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
    update(it, stack, made, made.executedWith);
  }
  it.caller = caller;
}

/** Executes a change set of the same input. */
export function twin(hook: Hook): void {
  const { it } = hook;
  const stack = stackBy(it, stackName);
  const ours = it.changeSets.find((each) => each.stackId === stack?.stackId && each.execution === 'AVAILABLE');
  if (!stack || !ours) return;
  // A colleague runs the same command on the same input: another change set of the same name's beginning.
  const name = `${ours.name.slice(0, 23)}ffffffff`;
  const theirs = { ...ours, id: arn(it, 'changeSet', name), name, token: name };
  it.changeSets.push(theirs);
  const caller = it.caller;
  it.caller = 'other';
  void cloudFormation(it).executeChangeSet({ ChangeSetName: theirs.id, ClientRequestToken: name });
  it.caller = caller;
}
