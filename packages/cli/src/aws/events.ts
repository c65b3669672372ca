// What CloudFormation did to a stack, oldest first; with --follow, what it does until it has ended.
import { type CloudFormationPort, exitCode, faultOf, printable, wait } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { connect } from './connect.ts';
import { stackOrigins } from './reviewtext.ts';
import { watched } from './watched.ts';

export async function events(context: Context, { stackName, region }: Named): Promise<Exit> {
  const { io, values } = context;
  if (values.follow) return exitCode(await watched(context, stackName, region, (clients, run) => wait(clients, { stackName }, run)));
  const connection = await connect(context, region);
  try {
    const port = connection.clients.cloudFormation;
    const all = await eventsOf(port, stackName);
    if (!all) {
      io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
      return exit.failed;
    }
    const origins = await stackOrigins(port, stackName);
    const rows = all.map((each) => ({
      at: each.Timestamp?.toISOString() ?? '',
      logicalId: each.LogicalResourceId ?? '',
      type: each.ResourceType ?? '',
      status: each.ResourceStatus ?? '',
      ...(each.ResourceStatusReason !== undefined && { reason: each.ResourceStatusReason }),
      ...(origins[each.LogicalResourceId ?? ''] !== undefined && { object: origins[each.LogicalResourceId ?? ''] }),
    }));
    const line = (row: (typeof rows)[number]) =>
      `${row.at}  ${row.status.padEnd(28)}  ${row.logicalId}${row.object ? `  ${row.object}` : ''}${row.reason ? `  ${row.reason}` : ''}`;
    const json = `${JSON.stringify({ version: 1, stackName, events: rows }, null, 2)}\n`;
    io.stdout.write(values.output === 'json' ? json : rows.map((row) => `${printable(line(row))}\n`).join(''));
    return exit.fine;
  } finally {
    connection.close();
  }
}

type StackEvent = NonNullable<Awaited<ReturnType<CloudFormationPort['describeStackEvents']>>['StackEvents']>[number];

/** Undefined where there is no such stack. */
async function eventsOf(port: CloudFormationPort, StackName: string): Promise<readonly StackEvent[] | undefined> {
  const all: StackEvent[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await port.describeStackEvents({ StackName, ...(next ? { NextToken: next } : {}) });
      all.push(...(page.StackEvents ?? []));
      next = page.NextToken;
    } while (next);
  } catch (error) {
    if (faultOf(error)?.kind === 'absent') return undefined;
    throw error;
  }
  return all.reverse();
}
