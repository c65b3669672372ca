// Decides whether a changed property replaces its resource: AWS's specification with corrections.

import { replacing } from '../generated/replacing.ts';

/** CloudFormation's action on a resource when a property changes; `refused`: it fails the update. */
export type Replacement = 'never' | 'may' | 'will' | 'refused';

const replacementOrder: readonly Replacement[] = ['never', 'may', 'will', 'refused'];

/** The strongest replacement among several properties of a resource. */
export const strongestReplacement = (all: readonly Replacement[]): Replacement =>
  all.reduce((a, b) => (replacementOrder.indexOf(a) >= replacementOrder.indexOf(b) ? a : b), 'never');

/**
 * `path` is that of the changed value; list elements are ignored. A type without a specification (`Custom::`) may be replaced.
 */
export function replacementOf(type: string, path: readonly string[]): Replacement {
  const keys = path.filter((key) => !key.startsWith('['));
  const corrected = specificationCorrections[type]?.[keys[0] ?? ''];
  if (corrected) return corrected;
  const known = replacementTable(type);
  if (!known) return 'may';
  return keys
    .map((_, end) => known.get(keys.slice(0, end + 1).join('.')) ?? 'never')
    .reduce<Replacement>((a, b) => strongestReplacement([a, b]), 'never');
}

const replacementTables = new Map<string, ReadonlyMap<string, Replacement> | undefined>();

function replacementTable(type: string): ReadonlyMap<string, Replacement> | undefined {
  if (!replacementTables.has(type)) {
    const line = Object.hasOwn(replacing, type) ? replacing[type] : undefined;
    const entry = (path: string): [string, Replacement] =>
      path.endsWith('?') ? [path.slice(0, -1), 'may'] : [path, 'will'];
    replacementTables.set(type, line === undefined ? undefined : new Map(line.split(' ').map(entry)));
  }
  return replacementTables.get(type);
}

/**
 * Deviations of CloudFormation from AWS's specification, each with its source: resource type → property → effect of a
 * change.
 */
export const specificationCorrections: Readonly<Record<string, Readonly<Record<string, Replacement>>>> = {
  // "Update requires: Updates are not supported": the specification declares these mutable.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html
  'AWS::EC2::Volume': {
    AvailabilityZone: 'refused',
    Encrypted: 'refused',
    KmsKeyId: 'refused',
    SnapshotId: 'refused',
    OutpostArn: 'refused',
  },
  // "Some interruptions" of a machine that boots from EBS, as all of ours do: it is stopped and started, not
  // replaced. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
  'AWS::EC2::Instance': { InstanceType: 'never', UserData: 'never', EbsOptimized: 'never', SecurityGroupIds: 'never' },
};
