// How a stack stands: its status, its workloads with their machines, and where they answer.
import { type Clients, faultOf, machinesPort, printable, standing } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { type Connection, connect } from './connect.ts';
import { type NameStatus, namesOf, templateNow } from './names.ts';
import { outputsText } from './outputs.ts';
import { stackOrigins } from './reviewtext.ts';
import { type Group, type Workload, workloads } from './workloads.ts';

interface Status {
  readonly version: 1;
  readonly stackName: string;
  readonly stackId: string;
  readonly status: string;
  readonly reason?: string;
  readonly workloads: readonly Workload[];
  readonly outputs: Readonly<Record<string, string>>;
  /** In a zone of another account; absent where there are none. */
  readonly names?: readonly NameStatus[];
}

export async function status(context: Context, { stackName, region }: Named): Promise<Exit> {
  const { io, values } = context;
  const connection = await connect(context, region);
  try {
    const { clients, options } = connection;
    const stack = await stackOf(clients, stackName);
    if (!stack) {
      io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
      return exit.failed;
    }
    const origins = await stackOrigins(clients.cloudFormation, stackName);
    const groups = await groupsOf(clients, stackName);
    const outputs = Object.fromEntries((stack.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']));
    const names = await namesNow(connection, stackName, outputs);
    const found: Status = {
      version: 1,
      stackName,
      stackId: stack.StackId ?? '',
      status: stack.StackStatus ?? '',
      ...(stack.StackStatusReason && { reason: stack.StackStatusReason }),
      workloads: await workloads(options, groups, origins, machinesPort(options)),
      outputs,
      ...(names && { names }),
    };
    io.stdout.write(values.output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusText(found, values.output === 'wide'));
    // At rest or at work is fine; what only a person or another command can mend is not.
    return ['update', 'busy'].includes(standing(found.status)) && found.status !== 'UPDATE_FAILED' ? exit.fine : exit.failed;
  } finally {
    connection.close();
  }
}

/** Undefined where the stack has none; who may not look at the zone sees the rest all the same. */
async function namesNow(connection: Connection, stackName: string, outputs: Status['outputs']): Promise<readonly NameStatus[] | undefined> {
  const names = await namesOf(connection, stackName, await templateNow(connection.clients, stackName));
  if (names === undefined) return undefined;
  return 'wrong' in names ? [] : names.status(outputs).finally(names.close);
}

async function stackOf({ cloudFormation }: Clients, StackName: string) {
  try {
    return (await cloudFormation.describeStacks({ StackName })).Stacks?.[0];
  } catch (error) {
    if (faultOf(error)?.kind === 'absent') return undefined;
    throw error;
  }
}

async function groupsOf({ cloudFormation }: Clients, StackName: string): Promise<readonly Group[]> {
  const all: Group[] = [];
  let next: string | undefined;
  do {
    const page = await cloudFormation.listStackResources({ StackName, ...(next ? { NextToken: next } : {}) });
    for (const each of page.StackResourceSummaries ?? []) {
      const lives = each.ResourceStatus !== 'DELETE_COMPLETE' && each.PhysicalResourceId;
      if (each.ResourceType !== 'AWS::AutoScaling::AutoScalingGroup' || !lives) continue;
      all.push({ logicalId: each.LogicalResourceId ?? '', physicalId: each.PhysicalResourceId ?? '' });
    }
    next = page.NextToken;
  } while (next);
  return all;
}

function statusText(found: Status, wide: boolean): string {
  const rows = found.workloads.map((each) => [
    each.object,
    String(each.desired),
    String(each.inService),
    each.targets === undefined ? '-' : `${each.healthy}/${each.targets}`,
    ...(wide ? [each.group] : []),
  ]);
  const head = ['WORKLOAD', 'DESIRED', 'IN SERVICE', 'HEALTHY', ...(wide ? ['GROUP'] : [])];
  const table = rows.length === 0 ? [] : [head, ...rows];
  const widths = head.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  const machine = (one: Workload['machines'][number]) => `  ${one.id}  ${one.state}  ${one.health}  ${one.zone}`;
  const lines = table.flatMap((row, at) => [
    row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '),
    ...(wide && at > 0 ? (found.workloads[at - 1]?.machines ?? []).map(machine) : []),
  ]);
  const first = `${found.stackName}  ${found.status}${found.reason ? `  ${found.reason}` : ''}`;
  const body = [first, ...lines].map((line) => `${printable(line).trimEnd()}\n`).join('');
  const names = (found.names ?? []).map(
    ({ name, zone, state }) => `${printable(`${name}  ${state}  (zone ${zone} of another account)`)}\n`,
  );
  return body + names.join('') + outputsText(found.outputs);
}
