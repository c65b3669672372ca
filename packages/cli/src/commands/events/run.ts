// Prints the events of a stack, oldest first; with --follow, new ones until the operation ends.
import { exitCodeOf, printable, waitForStack } from '@i2kit/runner';
import { connect } from '../../aws/connection.ts';
import type { ResourceOrigins } from '../../aws/resourceOrigins.ts';
import { runOperation } from '../../aws/runOperation.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import type { SelectedStack } from '../../ports/aws.ts';
import { fetchStackOrigins } from '../../review/text.ts';
import { fetchEvents, type StackEvent } from './fetch.ts';

export async function runEvents(context: Context, { stackName, region }: SelectedStack): Promise<ExitCode> {
  const { io, values } = context;
  if (values.follow)
    return exitCodeOf(
      await runOperation(context, stackName, region, (clients, run) => waitForStack(clients, { stackName }, run)),
    );
  const connection = await connect(context, region);
  try {
    const port = connection.clients.cloudFormation;
    const all = await fetchEvents(
      port,
      stackName,
      values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit),
    );
    if (!all) {
      io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
      return exit.failed;
    }
    const origins = await fetchStackOrigins(port, stackName);
    const isOwn = ({ StackId }: StackEvent) => StackId === stackName || stackNameOf(StackId) === stackName;
    for (const each of all) {
      // Only resources of the stack's own template have an object.
      const row = eventRow(each, isOwn(each) ? origins : {});
      const line = values.output === 'json' ? JSON.stringify({ v: 1, ...row }) : eventLine(row, isOwn(each));
      io.stdout.write(`${line}\n`);
    }
    return exit.fine;
  } finally {
    connection.close();
  }
}

/** `arn:aws:cloudformation:<region>:<account>:stack/<name>/<id>` */
const stackNameOf = (stackId = ''): string => stackId.split('/')[1] ?? '';

type EventRow = ReturnType<typeof eventRow>;

function eventRow(event: StackEvent, origins: ResourceOrigins) {
  const { LogicalResourceId: logicalId = '', ResourceStatusReason: reason } = event;
  const object = origins[logicalId];
  return {
    at: event.Timestamp?.toISOString() ?? '',
    stackName: stackNameOf(event.StackId),
    logicalId,
    physicalId: event.PhysicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    ...(reason !== undefined && { reason }),
    ...(object !== undefined && { object }),
  };
}

const eventLine = ({ at, status, stackName, logicalId, object, reason }: EventRow, own: boolean): string =>
  printable(
    `${at}  ${status.padEnd(28)}  ${own ? '' : `${stackName}/`}${logicalId}${object ? `  ${object}` : ''}${reason ? `  ${reason}` : ''}`,
  );
