// Finds the token of the operation in progress on a stack.

import { readRunPages } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';

/**
 * The token of the stack's newest operation, from its newest own event that has a token; undefined if there is none
 * or events cannot be read.
 */
export async function* readOperationToken(run: Run, stackId: string): RunGenerator<string | undefined> {
  let token: string | undefined;
  yield* readRunPages(
    run,
    'DescribeStackEvents',
    (from, options) => run.clients.cloudFormation.describeStackEvents({ StackName: stackId, ...from }, options),
    ({ StackEvents = [] }) => {
      // The stack's newest own event belongs to the current operation, whatever its status.
      const own = StackEvents.find((each) => each.PhysicalResourceId === stackId);
      token = own?.ClientRequestToken;
      return own !== undefined;
    },
  );
  return token;
}
