// What CloudFormation did to a stack, oldest first; with --follow, what it does until it has ended.
import { exitCode, printable, wait } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { connect } from './connect.ts';
import { eventsOf, type StackEvent } from './eventlist.ts';
import type { Origins } from './origins.ts';
import { stackOrigins } from './reviewtext.ts';
import { watched } from './watched.ts';

export async function events(context: Context, { stackName, region }: Named): Promise<Exit> {
  const { io, values } = context;
  if (values.follow) return exitCode(await watched(context, stackName, region, (clients, run) => wait(clients, { stackName }, run)));
  const connection = await connect(context, region);
  try {
    const port = connection.clients.cloudFormation;
    const all = await eventsOf(port, stackName, values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit));
    if (!all) {
      io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
      return exit.failed;
    }
    const origins = await stackOrigins(port, stackName);
    const isOwn = ({ StackId }: StackEvent) => StackId === stackName || nameIn(StackId) === stackName;
    for (const each of all) {
      // An object stands behind resources of the stack's own template alone.
      const row = rowOf(each, isOwn(each) ? origins : {});
      const line = values.output === 'json' ? JSON.stringify({ v: 1, ...row }) : lineOf(row, isOwn(each));
      io.stdout.write(`${line}\n`);
    }
    return exit.fine;
  } finally {
    connection.close();
  }
}

/** `arn:aws:cloudformation:<region>:<account>:stack/<name>/<id>` */
const nameIn = (stackId = ''): string => stackId.split('/')[1] ?? '';

type Row = ReturnType<typeof rowOf>;

function rowOf(event: StackEvent, origins: Origins) {
  const { LogicalResourceId: logicalId = '', ResourceStatusReason: reason } = event;
  const object = origins[logicalId];
  return {
    at: event.Timestamp?.toISOString() ?? '',
    stackName: nameIn(event.StackId),
    logicalId,
    physicalId: event.PhysicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    ...(reason !== undefined && { reason }),
    ...(object !== undefined && { object }),
  };
}

const lineOf = ({ at, status, stackName, logicalId, object, reason }: Row, own: boolean): string =>
  printable(
    `${at}  ${status.padEnd(28)}  ${own ? '' : `${stackName}/`}${logicalId}${object ? `  ${object}` : ''}${reason ? `  ${reason}` : ''}`,
  );
