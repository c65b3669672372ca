// Compares all stacks of an app before and after a change, for the guard of removals.
import type { Problem } from '@i2kit/common';
import { classifyError, readDeployedTemplate } from '@i2kit/runner';
import { fetchAppStacks } from '../../aws/appStacks.ts';
import type { Connection } from '../../aws/connection.ts';
import { resourceOriginsIn } from '../../aws/resourceOrigins.ts';
import type { Context } from '../../context.ts';
import { type Change, isGuarded } from '../../guardTable.ts';
import type { Owner } from '../../ports/aws.ts';
import {
  machineCounts,
  machineRemovalProblems,
  removesMostMachines,
  type TemplateChange,
  type VolumeRemoval,
  volumeRemovalProblems,
} from '../../review/removals.ts';
import type { PrunedStack, PrunePlan } from './prune.ts';

/** A problem for each removal that no flag names. `changes` are all stacks of one run, also deleted ones. */
export async function removalProblems(
  { values }: Pick<Context, 'values'>,
  change: Change,
  connection: Pick<Connection, 'clients' | 'options'>,
  owner: Owner | undefined,
  changes: readonly TemplateChange[],
  pruned?: PrunePlan,
): Promise<readonly Problem[]> {
  if (!isGuarded('removal', change)) return [];
  const volumes = volumeRemovalProblems(pruned ? prunedVolumes(pruned) : [], values);
  if (owner?.app === undefined) return volumes;
  const deleted = pruned?.stacks.map(({ review, template }) => ({
    stackName: review.stackName,
    before: template,
    after: '',
  }));
  const all = [...changes, ...(deleted ?? [])];
  // Stacks that do not change can only lower the share, so most runs need not read them.
  if (!removesMostMachines(machineCounts(all))) return volumes;
  const others = await fetchOtherTemplates(connection, { ...owner, app: owner.app }, all);
  return [...machineRemovalProblems(owner.app, machineCounts(all, others), values), ...volumes];
}

/** The app's stacks that the run leaves as they are. Without permission to list them they do not count. */
async function fetchOtherTemplates(
  { clients, options }: Pick<Connection, 'clients' | 'options'>,
  { env, app }: Required<Owner>,
  changes: readonly TemplateChange[],
): Promise<readonly string[]> {
  try {
    const names = await fetchAppStacks(options, env, app);
    const others = names.filter((name) => !changes.some(({ stackName }) => stackName === name));
    const read = await Promise.all(others.map((name) => readDeployedTemplate(clients, name)));
    return read.flatMap((each) => (each.ok ? [each.value.template] : []));
  } catch (error) {
    if (classifyError(error)?.kind !== 'denied') throw error;
    return [];
  }
}

/** Volumes outside of any stack, and those of deleted stacks that no policy retains. */
const prunedVolumes = ({ stacks, volumes }: PrunePlan): readonly VolumeRemoval[] => [
  ...stacks.flatMap(stackVolumes),
  ...volumes.map(({ id, sizeGiB, object }) => ({ id, object, size: `${sizeGiB} GiB` })),
];

function stackVolumes({ review, template }: PrunedStack): readonly VolumeRemoval[] {
  const origins = resourceOriginsIn(template);
  return review.deletes
    .filter(({ type }) => type === 'AWS::EC2::Volume')
    .map(({ logicalId, physicalId, policy }) => ({
      id: physicalId,
      object: origins[logicalId] ?? logicalId,
      ...(policy === 'Snapshot' && { snapshot: true as const }),
    }));
}
