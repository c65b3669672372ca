// Finds renames: a removed and an added resource that are otherwise the same become one effect.
import { canonicalJson, isObject, isSameJson, type Json } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { launchDataOf, launchTemplateId } from '../launchTemplate.ts';
import { typeNoun } from '../phrases.ts';
import { isList, type Resource, type Template } from '../template.ts';
import type { Effect } from './effect.ts';
import { autoScalingGroupType } from './machines.ts';

/** Workloads: a removed group and an added one with the same images, commands and number of machines. */
export function workloadRenames(comparison: Comparison): readonly Effect[] {
  const [removed, added] = removedAndAdded(changesOfType(comparison, autoScalingGroupType));
  const free = new Set(added);
  return removed.flatMap((original): readonly Effect[] => {
    const renamed = [...free].find(
      (each) =>
        objectOfChange(each) !== objectOfChange(original) &&
        isSameJson(workloadFingerprint(comparison.before, original), workloadFingerprint(comparison.after, each)),
    );
    if (!renamed) return [];
    free.delete(renamed);
    const words = `is renamed from ${objectOfChange(original)}: new machines start, then the old ones stop`;
    return [
      {
        verb: 'MOVE',
        area: 'machines',
        object: objectOfChange(renamed),
        text: words,
        ids: [renamed.id, original.id],
        changes: [],
      },
    ];
  });
}

/** Resources: equal in everything but the logical id. */
export function logicalIdChanges(comparison: Comparison): readonly Effect[] {
  const [removed, added] = removedAndAdded([...comparison.changes.values()]);
  const free = new Map(added.map((each) => [resourceFingerprint(each), each]));
  return removed.flatMap((original): readonly Effect[] => {
    const renamed = free.get(resourceFingerprint(original));
    if (!renamed) return [];
    free.delete(resourceFingerprint(original));
    const words = `${typeNoun(original.type)} ${original.id} becomes ${renamed.id}: the new one is created, then the old one is deleted`;
    return [
      {
        verb: 'MOVE',
        area: 'other',
        object: objectOfChange(renamed),
        text: words,
        ids: [renamed.id, original.id],
        changes: [],
      },
    ];
  });
}

const removedAndAdded = (
  changes: readonly ResourceChange[],
): readonly [removed: readonly ResourceChange[], added: readonly ResourceChange[]] => [
  changes.filter(({ action }) => action === 'remove'),
  changes.filter(({ action }) => action === 'add'),
];

const resourceFingerprint = ({ type, before, after, ...change }: ResourceChange): string =>
  canonicalJson([
    type,
    objectOfChange({ type, ...change, ...(before && { before }), ...(after && { after }) }),
    withoutOrigin(after ?? before),
  ]);

/** Other attributes than the properties count, too. */
function withoutOrigin(resource: Resource | undefined): unknown {
  const metadata = Object.entries(resource?.Metadata ?? {}).filter(([key]) => key !== 'i2kit:origin');
  return { ...resource, Metadata: Object.fromEntries(metadata) };
}

/** The containers of a group's machines, without names. */
function workloadFingerprint(template: Template, { after, before }: ResourceChange): Json {
  const group = after ?? before;
  const properties = group?.Properties ?? {};
  const userData = launchDataOf(template, group)?.['UserData'];
  const pod = isObject(userData) && isObject(userData['pod']) ? userData['pod'] : undefined;
  // Without their containers, two groups cannot be identified with each other.
  if (!pod || !isList(pod['containers'])) return canonicalJson([properties, String(launchTemplateId(group))]);
  const containers = pod['containers']
    .filter((each) => isObject(each))
    .map(({ image = null, command = null, args = null, env = null }) => ({ image, command, args, env }));
  return [properties['DesiredCapacity'] ?? null, containers];
}
