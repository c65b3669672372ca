// Looking at a stack and at a change set, with absence told from everything else.
import { giveUp, must, read } from './call.ts';
import type { ChangeSetOutput, ResourceChangeOutput, StackOutput } from './ports/cloudformation.ts';
import { type Run, type Steps, say } from './run.ts';

export interface StackView {
  readonly stackId: string;
  readonly status: string;
  readonly statusReason: string;
  readonly changeSetId: string | undefined;
  readonly isProtected: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

function viewOf(stack: StackOutput): StackView {
  return {
    stackId: stack.StackId ?? '',
    status: stack.StackStatus ?? '',
    statusReason: stack.StackStatusReason ?? '',
    changeSetId: stack.ChangeSetId,
    isProtected: stack.EnableTerminationProtection ?? false,
    outputs: Object.fromEntries((stack.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? ''])),
    tags: Object.fromEntries((stack.Tags ?? []).map((each) => [each.Key ?? '', each.Value ?? ''])),
  };
}

/**
 * The stack by name (its present incarnation) or by ARN (one incarnation for ever, a deleted one too). Undefined only
 * where the service says that it does not exist: denied access is not absence.
 */
export async function* stackOf(run: Run, nameOrId: string): Steps<StackView | undefined> {
  const answer = yield* read(run, 'DescribeStacks', (options) =>
    run.clients.cloudFormation.describeStacks({ StackName: nameOrId }, options),
  );
  if (!answer.ok) {
    if (answer.fault.kind === 'absent') return undefined;
    throw giveUp(run, 'DescribeStacks', answer.fault);
  }
  const stack = answer.value.Stacks?.[0];
  if (!stack) return undefined;
  const view = viewOf(stack);
  if (run.seen.status !== view.status || run.seen.stackId !== view.stackId) {
    run.seen.stackId = view.stackId;
    run.seen.status = view.status;
    if (run.seen.begun === 'yes')
      yield say(run, 'I2K822', `${run.stackName} is ${view.status}.`, { stackId: view.stackId, status: view.status });
  }
  return view;
}

/** A change set without its changes; undefined where it does not exist (any more). */
export async function* changeSetOf(run: Run, changeSetId: string, stackName?: string): Steps<ChangeSetOutput | undefined> {
  const answer = yield* read(run, 'DescribeChangeSet', (options) =>
    run.clients.cloudFormation.describeChangeSet({ ChangeSetName: changeSetId, ...(stackName ? { StackName: stackName } : {}) }, options),
  );
  if (answer.ok) return answer.value;
  if (answer.fault.kind === 'absent') return undefined;
  throw giveUp(run, 'DescribeChangeSet', answer.fault);
}

/** What a review holds of a change; the rest may quote property values. */
const narrow = (change: ResourceChangeOutput): ResourceChangeOutput => ({
  Action: change.Action,
  LogicalResourceId: change.LogicalResourceId,
  PhysicalResourceId: change.PhysicalResourceId,
  ResourceType: change.ResourceType,
  Replacement: change.Replacement,
  PolicyAction: change.PolicyAction,
  Scope: change.Scope,
});

/** All changes of a change set whose first page is given. */
export async function* changesOf(run: Run, first: ChangeSetOutput): Steps<readonly ResourceChangeOutput[]> {
  const all: ResourceChangeOutput[] = [];
  let page = first;
  for (;;) {
    for (const { ResourceChange } of page.Changes ?? []) if (ResourceChange) all.push(narrow(ResourceChange));
    const next = page.NextToken;
    if (!next) return all;
    page = yield* must(run, 'DescribeChangeSet', (options) =>
      run.clients.cloudFormation.describeChangeSet({ ChangeSetName: first.ChangeSetId ?? '', NextToken: next }, options),
    );
  }
}
