// Whose operation a stack is in the midst of.

import type { Run, RunGenerator } from '../run/run.ts';
import { readWithRetry } from '../sdk/retry.ts';

/**
 * The token of the stack's newest operation, from the newest event of the stack's own that was initiated by someone;
 * undefined where it has none or events cannot be read.
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
    // The newest of the stack's own belongs to the operation that it is in, whatever it says.
    if (own[0]) return own[0].ClientRequestToken;
    next = answer.value.NextToken;
  } while (next);
  return undefined;
}
