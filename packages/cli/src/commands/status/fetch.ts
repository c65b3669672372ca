// How a stack stands now, looked up anew each time: its status, its workloads with their machines, and where they answer.
import { type Clients, classifyError, machinesAdapter, readinessOf, type StackResourceSummary } from '@i2kit/runner';
import type { Connection } from '../../aws/connection.ts';
import { fetchTemplate, openCrossAccountRecords, type RecordStatus } from '../../aws/crossAccountRecords.ts';
import { resourceOriginsIn } from '../../aws/resourceOrigins.ts';
import { fetchWorkloads, type Workload } from './workloads.ts';

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
  readonly names?: readonly RecordStatus[];
}

/** Undefined where there is no such stack. `closely` looks at each machine too. */
export async function fetchStatus(
  connection: Connection,
  stackName: string,
  closely: boolean,
): Promise<Status | undefined> {
  const { clients, options } = connection;
  const stack = await fetchStack(clients, stackName);
  if (!stack) return undefined;
  // It only explains, and so may be missing.
  const template = await fetchTemplate(clients, stackName).catch((error: unknown) => {
    if (classifyError(error) === undefined) throw error;
    return '';
  });
  const origins = resourceOriginsIn(template);
  const resources = await fetchStackResources(clients, stackName);
  const outputs = Object.fromEntries(
    (stack.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']),
  );
  const names = await fetchNameStatus(connection, stackName, template, outputs);
  const groups = resourcesOfType(resources, 'AWS::AutoScaling::AutoScalingGroup');
  const records = resourcesOfType(resources, 'AWS::Route53::RecordSet').map(({ logicalId, physicalId }) => ({
    object: origins[logicalId] ?? logicalId,
    name: physicalId.replace(/\.$/, ''),
  }));
  return {
    version: 1,
    stackName,
    stackId: stack.StackId ?? '',
    status: stack.StackStatus ?? '',
    ...(stack.StackStatusReason && { reason: stack.StackStatusReason }),
    workloads: await fetchWorkloads(options, groups, origins, machinesAdapter(options), closely),
    // A name has a record of each kind of address.
    endpoints: records.filter(
      (each, at) => records.findIndex(({ name, object }) => name === each.name && object === each.object) === at,
    ),
    outputs,
    ...(names && { names }),
  };
}

/** At rest or at work is fine; what only a person or another command can mend is not. */
export const isHealthy = ({ status }: Status): boolean =>
  ['update', 'busy'].includes(readinessOf(status)) && status !== 'UPDATE_FAILED';

/** True while CloudFormation is at work, a machine comes or goes, or a load balancer has not made up its mind about one. */
export const isInProgress = ({ status, workloads: all }: Status): boolean =>
  readinessOf(status) === 'busy' ||
  all.some(
    ({ machines, waits }) => waits || machines.some(({ state }) => /^(Pending|Terminating|Entering)/.test(state)),
  );

/** Undefined where the stack has none; who may not look at the zone sees the rest all the same. */
async function fetchNameStatus(
  connection: Connection,
  stackName: string,
  template: string,
  outputs: Status['outputs'],
): Promise<readonly RecordStatus[] | undefined> {
  const names = await openCrossAccountRecords(connection, stackName, template);
  if (names === undefined) return undefined;
  return 'wrong' in names ? [] : names.status(outputs).finally(names.close);
}

async function fetchStack({ cloudFormation }: Clients, StackName: string) {
  try {
    return (await cloudFormation.describeStacks({ StackName })).Stacks?.[0];
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return undefined;
    throw error;
  }
}

async function fetchStackResources(
  { cloudFormation }: Clients,
  StackName: string,
): Promise<readonly StackResourceSummary[]> {
  const all: StackResourceSummary[] = [];
  for (let next: string | undefined; ; ) {
    const page = await cloudFormation.listStackResources({ StackName, ...(next ? { NextToken: next } : {}) });
    all.push(...(page.StackResourceSummaries ?? []));
    next = page.NextToken;
    if (!next) return all;
  }
}

const resourcesOfType = (resources: readonly StackResourceSummary[], type: string) =>
  resources
    .filter(
      (each) => each.ResourceType === type && each.PhysicalResourceId && each.ResourceStatus !== 'DELETE_COMPLETE',
    )
    .map((each) => ({ logicalId: each.LogicalResourceId ?? '', physicalId: each.PhysicalResourceId ?? '' }));
