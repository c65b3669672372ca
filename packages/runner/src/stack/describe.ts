// Describes a stack and a change set, and separates absence from every other error.

import type { ChangeSetDescription, StackDescription, StackResourceChange } from '../ports/cloudFormation.ts';
import { callFailure, readWithRetry, requireRead } from '../run/calls.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';

export interface StackState {
  readonly stackId: string;
  readonly status: string;
  readonly statusReason: string;
  readonly changeSetId: string | undefined;
  readonly isProtected: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

function stackStateOf(stack: StackDescription): StackState {
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
 * The stack by name (its current incarnation) or by ARN (one incarnation, even if deleted). Undefined only if the
 * service says that it does not exist: denied access is not absence.
 */
export async function* describeStack(run: Run, nameOrId: string): RunGenerator<StackState | undefined> {
  const answer = yield* readWithRetry(run, 'DescribeStacks', (options) =>
    run.clients.cloudFormation.describeStacks({ StackName: nameOrId }, options),
  );
  if (!answer.ok) {
    if (answer.problems[0].kind === 'absent') return undefined;
    throw callFailure(run, 'DescribeStacks', answer.problems[0]);
  }
  const stack = answer.value.Stacks?.[0];
  if (!stack) return undefined;
  const view = stackStateOf(stack);
  if (run.state.status !== view.status || run.state.stackId !== view.stackId) {
    run.state.stackId = view.stackId;
    run.state.status = view.status;
    if (run.state.begun === 'yes')
      yield runEvent(run, 'I2K822', `${run.stackName} is ${view.status}.`, {
        stackId: view.stackId,
        status: view.status,
      });
  }
  return view;
}

/** A change set without its changes; undefined if it does not exist (any more). */
export async function* describeChangeSet(
  run: Run,
  changeSetId: string,
  stackName?: string,
): RunGenerator<ChangeSetDescription | undefined> {
  const answer = yield* readWithRetry(run, 'DescribeChangeSet', (options) =>
    run.clients.cloudFormation.describeChangeSet(
      { ChangeSetName: changeSetId, ...(stackName ? { StackName: stackName } : {}) },
      options,
    ),
  );
  if (answer.ok) return answer.value;
  if (answer.problems[0].kind === 'absent') return undefined;
  throw callFailure(run, 'DescribeChangeSet', answer.problems[0]);
}

/** The part of a change that a review keeps; the rest may quote property values. */
const reviewedFieldsOf = (change: StackResourceChange): StackResourceChange => ({
  Action: change.Action,
  LogicalResourceId: change.LogicalResourceId,
  PhysicalResourceId: change.PhysicalResourceId,
  ResourceType: change.ResourceType,
  Replacement: change.Replacement,
  PolicyAction: change.PolicyAction,
  Scope: change.Scope,
});

/** All changes of a change set, starting from its first page. */
export async function* listChanges(
  run: Run,
  first: ChangeSetDescription,
): RunGenerator<readonly StackResourceChange[]> {
  const all: StackResourceChange[] = [];
  let page = first;
  for (;;) {
    for (const { ResourceChange } of page.Changes ?? []) if (ResourceChange) all.push(reviewedFieldsOf(ResourceChange));
    const next = page.NextToken;
    if (!next) return all;
    page = yield* requireRead(run, 'DescribeChangeSet', (options) =>
      run.clients.cloudFormation.describeChangeSet(
        { ChangeSetName: first.ChangeSetId ?? '', NextToken: next },
        options,
      ),
    );
  }
}
