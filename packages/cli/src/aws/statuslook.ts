// How a stack stands now, looked up anew each time: its status, its workloads with their machines, and where they answer.
import { type Clients, faultOf, machinesPort, type ResourceOutput, standing } from '@i2kit/runner';
import type { Connection } from './connect.ts';
import { type NameStatus, namesOf, templateNow } from './names.ts';
import { originsIn } from './origins.ts';
import { type Workload, workloads } from './workloads.ts';

export interface Status {
  readonly version: 1;
  readonly stackName: string;
  readonly stackId: string;
  readonly status: string;
  readonly reason?: string;
  readonly workloads: readonly Workload[];
  /** Names that the stack wrote into DNS, by the object that asked for them. */
  readonly endpoints: readonly { readonly object: string; readonly name: string }[];
  readonly outputs: Readonly<Record<string, string>>;
  /** In a zone of another account; absent where there are none. */
  readonly names?: readonly NameStatus[];
}

/** Undefined where there is no such stack. `closely` looks at each machine too. */
export async function look(connection: Connection, stackName: string, closely: boolean): Promise<Status | undefined> {
  const { clients, options } = connection;
  const stack = await stackOf(clients, stackName);
  if (!stack) return undefined;
  // It only explains, and so may be missing.
  const template = await templateNow(clients, stackName).catch((error: unknown) => {
    if (faultOf(error) === undefined) throw error;
    return '';
  });
  const origins = originsIn(template);
  const resources = await resourcesOf(clients, stackName);
  const outputs = Object.fromEntries((stack.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']));
  const names = await namesNow(connection, stackName, template, outputs);
  const groups = idsOf(resources, 'AWS::AutoScaling::AutoScalingGroup');
  const records = idsOf(resources, 'AWS::Route53::RecordSet').map(({ logicalId, physicalId }) => ({
    object: origins[logicalId] ?? logicalId,
    name: physicalId.replace(/\.$/, ''),
  }));
  return {
    version: 1,
    stackName,
    stackId: stack.StackId ?? '',
    status: stack.StackStatus ?? '',
    ...(stack.StackStatusReason && { reason: stack.StackStatusReason }),
    workloads: await workloads(options, groups, origins, machinesPort(options), closely),
    // A name has a record of each kind of address.
    endpoints: records.filter((each, at) => records.findIndex(({ name, object }) => name === each.name && object === each.object) === at),
    outputs,
    ...(names && { names }),
  };
}

/** At rest or at work is fine; what only a person or another command can mend is not. */
export const isFine = ({ status }: Status): boolean => ['update', 'busy'].includes(standing(status)) && status !== 'UPDATE_FAILED';

/** True while CloudFormation is at work, a machine comes or goes, or a load balancer has not made up its mind about one. */
export const underWay = ({ status, workloads: all }: Status): boolean =>
  standing(status) === 'busy' ||
  all.some(({ machines, waits }) => waits || machines.some(({ state }) => /^(Pending|Terminating|Entering)/.test(state)));

/** Undefined where the stack has none; who may not look at the zone sees the rest all the same. */
async function namesNow(
  connection: Connection,
  stackName: string,
  template: string,
  outputs: Status['outputs'],
): Promise<readonly NameStatus[] | undefined> {
  const names = await namesOf(connection, stackName, template);
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

async function resourcesOf({ cloudFormation }: Clients, StackName: string): Promise<readonly ResourceOutput[]> {
  const all: ResourceOutput[] = [];
  for (let next: string | undefined; ; ) {
    const page = await cloudFormation.listStackResources({ StackName, ...(next ? { NextToken: next } : {}) });
    all.push(...(page.StackResourceSummaries ?? []));
    next = page.NextToken;
    if (!next) return all;
  }
}

const idsOf = (resources: readonly ResourceOutput[], type: string) =>
  resources
    .filter((each) => each.ResourceType === type && each.PhysicalResourceId && each.ResourceStatus !== 'DELETE_COMPLETE')
    .map((each) => ({ logicalId: each.LogicalResourceId ?? '', physicalId: each.PhysicalResourceId ?? '' }));
