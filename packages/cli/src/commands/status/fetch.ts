// Reads the current state of a stack: its status, workloads with machines, and addresses.

import { type Clients, classifyError, machinesAdapter, readinessOf, type StackResourceSummary } from '@i2kit/runner';
import type { Connection } from '../../aws/connection.ts';
import { fetchTemplate, openCrossAccountRecords, type RecordStatus } from '../../aws/crossAccountRecords.ts';
import { resourceOriginsIn } from '../../aws/resourceOrigins.ts';
import { fetchStackResources } from '../../aws/stackResources.ts';
import { fetchWorkloads, type Workload } from './workloads.ts';

export interface Status {
  readonly version: 1;
  readonly stackName: string;
  readonly stackId: string;
  readonly status: string;
  readonly reason?: string;
  readonly workloads: readonly Workload[];
  /** DNS names of the stack, by the object that requested them. */
  readonly endpoints: readonly { readonly object: string; readonly name: string }[];
  readonly outputs: Readonly<Record<string, string>>;
  /** In a zone of another account; absent if there are none. */
  readonly names?: readonly RecordStatus[];
}

/** Undefined if the stack does not exist. `closely` also reads each machine. */
export async function fetchStatus(
  connection: Connection,
  stackName: string,
  closely: boolean,
): Promise<Status | undefined> {
  const { clients, options } = connection;
  const stack = await fetchStack(clients, stackName);
  if (!stack) return undefined;
  // Explanatory only; may be missing.
  const template = await fetchTemplate(clients, stackName).catch((error: unknown) => {
    if (classifyError(error) === undefined) throw error;
    return '';
  });
  const origins = resourceOriginsIn(template);
  const resources = await fetchStackResources(clients.cloudFormation, stackName);
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
    // A name has one record per address type.
    endpoints: records.filter(
      (each, at) => records.findIndex(({ name, object }) => name === each.name && object === each.object) === at,
    ),
    outputs,
    ...(names && { names }),
  };
}

/** Stable and running states are healthy; states that need a person or another command are not. */
export const isHealthy = ({ status }: Status): boolean =>
  ['update', 'busy'].includes(readinessOf(status)) && status !== 'UPDATE_FAILED';

/** True while CloudFormation is working, a machine starts or stops, or a target has no health yet. */
export const isInProgress = ({ status, workloads: all }: Status): boolean =>
  readinessOf(status) === 'busy' ||
  all.some(
    ({ machines, waits }) => waits || machines.some(({ state }) => /^(Pending|Terminating|Entering)/.test(state)),
  );

/** Undefined if the stack has none; without access to the zone the rest is shown. */
async function fetchNameStatus(
  connection: Connection,
  stackName: string,
  template: string,
  outputs: Status['outputs'],
): Promise<readonly RecordStatus[] | undefined> {
  const opened = await openCrossAccountRecords(connection, stackName, template);
  if (opened === undefined) return undefined;
  return opened.ok ? opened.value.status(outputs).finally(opened.value.close) : [];
}

async function fetchStack({ cloudFormation }: Clients, StackName: string) {
  try {
    return (await cloudFormation.describeStacks({ StackName })).Stacks?.[0];
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return undefined;
    throw error;
  }
}

const resourcesOfType = (resources: readonly StackResourceSummary[], type: string) =>
  resources
    .filter(
      (each) => each.ResourceType === type && each.PhysicalResourceId && each.ResourceStatus !== 'DELETE_COMPLETE',
    )
    .map((each) => ({ logicalId: each.LogicalResourceId ?? '', physicalId: each.PhysicalResourceId ?? '' }));
