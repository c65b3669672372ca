// Data: disks, buckets, logs and secrets that come, grow, stay behind or go.
import { type Comparison, resourceOf, subject } from '../comparison.ts';
import type { ResourceChange } from '../differ/resources.ts';
import type { Resource } from '../template.ts';
import { noun } from '../words.ts';
import { type Effect, propertiesOf, refused } from './effect.ts';

const volume = 'AWS::EC2::Volume';

/** What is lost for ever when it goes. Logs are told of, and not worth a flag: they go with what wrote them. */
const precious: readonly string[] = [
  volume,
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::EFS::FileSystem',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DynamoDB::Table',
];
const kept: readonly string[] = [...precious, 'AWS::Logs::LogGroup'];

export const data = (comparison: Comparison): readonly Effect[] =>
  [...comparison.changes.values()].filter(({ type }) => kept.includes(type)).map(ofData);

function ofData(change: ResourceChange): Effect {
  const { id, type, action, before, after, replacement } = change;
  const worth = precious.includes(type);
  const base = {
    area: 'data' as const,
    object: subject(change),
    ids: [id],
    changes: propertiesOf(change),
  };
  const loss = worth ? { guard: 'data' as const } : {};
  if (action === 'add') return { ...base, verb: 'CREATE', text: described(change) };
  if (action === 'remove') {
    if (before?.DeletionPolicy?.startsWith('Retain')) return { ...base, verb: 'RETAIN', text: `${described(change)} stays in the account` };
    return { ...base, ...loss, verb: 'DESTROY', text: `${described(change)}${remains(before?.DeletionPolicy)}` };
  }
  if (replacement === 'refused') return refused(base, reason(change));
  if (shrinks(before, after)) return refused(base, `${described(change)}: a volume cannot become smaller`);
  if (replacement !== 'never') {
    const may = replacement === 'may' ? ' may be replaced by' : ' is replaced by';
    return { ...base, ...loss, verb: 'REPLACE', text: `${described(change)}${may} a blank one${remains(before?.UpdateReplacePolicy)}` };
  }
  return { ...base, verb: 'UPDATE', text: grows(before, after) ?? `${described(change)} in place` };
}

const described = (change: ResourceChange): string => {
  const { Size, VolumeType, AvailabilityZone } = resourceOf(change)?.Properties ?? {};
  if (change.type !== volume) return noun(change.type);
  return [
    'volume of',
    `${Size} GiB`,
    ...[VolumeType].filter((each) => typeof each === 'string'),
    ...(typeof AvailabilityZone === 'string' ? [`in ${AvailabilityZone}`] : []),
  ].join(' ');
};

const remains = (policy: string | undefined): string =>
  policy === 'Snapshot' ? '; a snapshot of it is kept' : policy?.startsWith('Retain') ? '; the old one stays in the account' : '';

function reason({ changes }: ResourceChange): string | undefined {
  const [first] = changes.filter(({ replacement }) => replacement === 'refused');
  const what: Readonly<Record<string, string>> = {
    AvailabilityZone: 'a volume cannot change its zone',
    SnapshotId: 'a volume cannot be filled from another snapshot',
    Encrypted: 'a volume cannot change its encryption',
    KmsKeyId: 'a volume cannot change its key',
  };
  return what[first?.path[0] ?? ''];
}

const sizes = (before: Resource | undefined, after: Resource | undefined): readonly [number, number] => [
  Number(before?.Properties?.['Size']),
  Number(after?.Properties?.['Size']),
];

function shrinks(before: Resource | undefined, after: Resource | undefined): boolean {
  const [was, is] = sizes(before, after);
  return is < was;
}

function grows(before: Resource | undefined, after: Resource | undefined): string | undefined {
  const [was, is] = sizes(before, after);
  return is > was ? `volume grows from ${was} to ${is} GiB in place` : undefined;
}
