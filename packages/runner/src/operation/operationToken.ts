// Finds the token of the operation in progress on a stack.

import { readWithRetry } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';

/**
 * The token of the stack's newest operation, from its newest own event that has a token; undefined if there is none
 * or events cannot be read.
 */
export async function* readOperationToken(run: Run, stackId: string): RunGenerator<string | undefined> {
  let next: string | undefined;
  do {
    const token = next;
    const answer = yield* readWithRetry(run, 'DescribeStackEvents', (options) =>
      run.clients.cloudFormation.describeStackEvents(
        { StackName: stackId, ...(token ? { NextToken: token } : {}) },
        options,
      ),
    );
    if (!answer.ok) return undefined;
    const own = (answer.value.StackEvents ?? []).filter((each) => each.PhysicalResourceId === stackId);
    // The stack's newest own event belongs to the current operation, whatever its status.
    if (own[0]) return own[0].ClientRequestToken;
    next = answer.value.NextToken;
  } while (next);
  return undefined;
}
