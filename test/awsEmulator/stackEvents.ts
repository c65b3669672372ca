// Events of a stack, and the error that they amount to.
import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { AwsClients } from './clients.ts';

/** An error with the status of a stack that missed the expected one, and all reasons, the first failure first. */
export class StackFailure extends Error {
  readonly status: string;
  readonly events: readonly StackEvent[];

  constructor(name: string, status: string, events: readonly StackEvent[]) {
    const failures = events.filter((event) => event.ResourceStatus?.endsWith('FAILED'));
    const lines = failures.map(
      (event) =>
        `  ${event.LogicalResourceId} (${event.ResourceType}) ${event.ResourceStatus}: ${event.ResourceStatusReason ?? ''}`,
    );
    super([`stack ${name} ended as ${status}`, ...lines].join('\n'));
    this.status = status;
    this.events = events;
  }
}

/** The stack's events, oldest first. */
export async function readStackEvents(clients: AwsClients, nameOrId: string): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  let next: string | undefined;
  do {
    const page = await clients.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: nameOrId, ...(next ? { NextToken: next } : {}) }),
    );
    events.push(...(page.StackEvents ?? []));
    next = page.NextToken;
  } while (next);
  return events.reverse();
}
