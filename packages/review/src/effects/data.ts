// Effects on data: volumes, buckets, logs and secrets that are created, grown, retained or destroyed.
import { type Comparison, currentResource, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { typeNoun } from '../phrases.ts';
import type { Resource } from '../template.ts';
import { type Effect, failedEffect, propertyChangesOf } from './effect.ts';

const volumeType = 'AWS::EC2::Volume';

/** Data that cannot be recovered. Logs are reported but not guarded: they go with the workload that wrote them. */
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
  const base = {
    area: 'data' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: propertyChangesOf(change),
  };
  const guarded = irreplaceableTypes.includes(type) ? { guard: 'data' as const } : {};
  if (action === 'add') return { ...base, verb: 'CREATE', text: resourceText(change) };
  if (action === 'remove') {
    if (isRetained(before?.DeletionPolicy))
      return { ...base, verb: 'RETAIN', text: `${resourceText(change)} stays in the account` };
    return {
      ...base,
      ...guarded,
      verb: 'DESTROY',
      text: `${resourceText(change)}${retentionText(before?.DeletionPolicy)}`,
    };
  }
  if (replacement === 'refused') return failedEffect(base, refusalReason(change));
  if (isShrinking(before, after)) return failedEffect(base, `${resourceText(change)}: volumes cannot shrink`);
  if (replacement !== 'never') {
    const may = replacement === 'may' ? ' may be replaced by' : ' is replaced by';
    return {
      ...base,
      ...guarded,
      verb: 'REPLACE',
      text: `${resourceText(change)}${may} an empty one${retentionText(before?.UpdateReplacePolicy)}`,
    };
  }
  return { ...base, verb: 'UPDATE', text: growthText(before, after) ?? `${resourceText(change)}, in place` };
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

/** `Retain`, and `RetainExceptOnCreate`, which differs only for a resource whose creation is rolled back. */
export const isRetained = (policy: string | undefined): boolean =>
  policy === 'Retain' || policy === 'RetainExceptOnCreate';

const retentionText = (policy: string | undefined): string =>
  policy === 'Snapshot' ? '; a snapshot is kept' : isRetained(policy) ? '; the old one stays in the account' : '';

function refusalReason({ changes }: ResourceChange): string | undefined {
  const [first] = changes.filter(({ replacement }) => replacement === 'refused');
  const what: Readonly<Record<string, string>> = {
    AvailabilityZone: 'the zone of a volume cannot change',
    SnapshotId: 'the snapshot that a volume was created from cannot change',
    Encrypted: 'the encryption of a volume cannot change',
    KmsKeyId: 'the key of a volume cannot change',
  };
  return what[first?.path[0] ?? ''];
}

const volumeSizes = (before: Resource | undefined, after: Resource | undefined): readonly [number, number] => [
  Number(before?.Properties?.['Size']),
  Number(after?.Properties?.['Size']),
];

function isShrinking(before: Resource | undefined, after: Resource | undefined): boolean {
  const [sizeBefore, sizeAfter] = volumeSizes(before, after);
  return sizeAfter < sizeBefore;
}

function growthText(before: Resource | undefined, after: Resource | undefined): string | undefined {
  const [sizeBefore, sizeAfter] = volumeSizes(before, after);
  return sizeAfter > sizeBefore ? `volume grows from ${sizeBefore} to ${sizeAfter} GiB in place` : undefined;
}
