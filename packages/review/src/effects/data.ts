// Data: disks, buckets, logs and secrets that come, grow, stay behind or go.
import { type Comparison, currentResource, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { typeNoun } from '../phrases.ts';
import type { Resource } from '../template.ts';
import { type Effect, failedEffect, propertyChangesOf } from './effect.ts';

const volumeType = 'AWS::EC2::Volume';

/** What is lost for ever when it goes. Logs are told of, and not worth a flag: they go with what wrote them. */
const irreplaceableTypes: readonly string[] = [
  volumeType,
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::EFS::FileSystem',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DynamoDB::Table',
];
const dataTypes: readonly string[] = [...irreplaceableTypes, 'AWS::Logs::LogGroup'];

export const dataEffects = (comparison: Comparison): readonly Effect[] =>
  [...comparison.changes.values()].filter(({ type }) => dataTypes.includes(type)).map(dataEffect);

function dataEffect(change: ResourceChange): Effect {
  const { id, type, action, before, after, replacement } = change;
  const worth = irreplaceableTypes.includes(type);
  const base = {
    area: 'data' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: propertyChangesOf(change),
  };
  const loss = worth ? { guard: 'data' as const } : {};
  if (action === 'add') return { ...base, verb: 'CREATE', text: resourceText(change) };
  if (action === 'remove') {
    if (before?.DeletionPolicy?.startsWith('Retain'))
      return { ...base, verb: 'RETAIN', text: `${resourceText(change)} stays in the account` };
    return {
      ...base,
      ...loss,
      verb: 'DESTROY',
      text: `${resourceText(change)}${retentionText(before?.DeletionPolicy)}`,
    };
  }
  if (replacement === 'refused') return failedEffect(base, refusalReason(change));
  if (isShrinking(before, after)) return failedEffect(base, `${resourceText(change)}: a volume cannot become smaller`);
  if (replacement !== 'never') {
    const may = replacement === 'may' ? ' may be replaced by' : ' is replaced by';
    return {
      ...base,
      ...loss,
      verb: 'REPLACE',
      text: `${resourceText(change)}${may} a blank one${retentionText(before?.UpdateReplacePolicy)}`,
    };
  }
  return { ...base, verb: 'UPDATE', text: growthText(before, after) ?? `${resourceText(change)} in place` };
}

const resourceText = (change: ResourceChange): string => {
  const { Size, VolumeType, AvailabilityZone } = currentResource(change)?.Properties ?? {};
  if (change.type !== volumeType) return typeNoun(change.type);
  return [
    'volume of',
    `${Size} GiB`,
    ...[VolumeType].filter((each) => typeof each === 'string'),
    ...(typeof AvailabilityZone === 'string' ? [`in ${AvailabilityZone}`] : []),
  ].join(' ');
};

const retentionText = (policy: string | undefined): string =>
  policy === 'Snapshot'
    ? '; a snapshot of it is kept'
    : policy?.startsWith('Retain')
      ? '; the old one stays in the account'
      : '';

function refusalReason({ changes }: ResourceChange): string | undefined {
  const [first] = changes.filter(({ replacement }) => replacement === 'refused');
  const what: Readonly<Record<string, string>> = {
    AvailabilityZone: 'a volume cannot change its zone',
    SnapshotId: 'a volume cannot be filled from another snapshot',
    Encrypted: 'a volume cannot change its encryption',
    KmsKeyId: 'a volume cannot change its key',
  };
  return what[first?.path[0] ?? ''];
}

const volumeSizes = (before: Resource | undefined, after: Resource | undefined): readonly [number, number] => [
  Number(before?.Properties?.['Size']),
  Number(after?.Properties?.['Size']),
];

function isShrinking(before: Resource | undefined, after: Resource | undefined): boolean {
  const [was, is] = volumeSizes(before, after);
  return is < was;
}

function growthText(before: Resource | undefined, after: Resource | undefined): string | undefined {
  const [was, is] = volumeSizes(before, after);
  return is > was ? `volume grows from ${was} to ${is} GiB in place` : undefined;
}
