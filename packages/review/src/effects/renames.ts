// The same thing under another name: it reads as one that goes and one that comes, and a reviewer should hear of it as one.
import { canonicalJson, isObject, isSameJson, type Json } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { launchDataOf, launchTemplateId } from '../launchTemplate.ts';
import { typeNoun } from '../phrases.ts';
import { isList, type Template } from '../template.ts';
import type { Effect } from './effect.ts';
import { autoScalingGroupType } from './machines.ts';

/** Workloads: the images, the commands and the count of a group that goes are those of one that comes. */
export function workloadRenames(comparison: Comparison): readonly Effect[] {
  const [gone, come] = removedAndAdded(changesOfType(comparison, autoScalingGroupType));
  const free = new Set(come);
  return gone.flatMap((old): readonly Effect[] => {
    const young = [...free].find(
      (each) =>
        objectOfChange(each) !== objectOfChange(old) &&
        isSameJson(workloadFingerprint(comparison.before, old), workloadFingerprint(comparison.after, each)),
    );
    if (!young) return [];
    free.delete(young);
    const words = `is renamed from ${objectOfChange(old)}: new machines come up, then the old ones go`;
    return [
      {
        verb: 'MOVE',
        area: 'machines',
        object: objectOfChange(young),
        text: words,
        ids: [young.id, old.id],
        changes: [],
      },
    ];
  });
}

/** Resources: all of it is the same but its logical id. */
export function logicalIdChanges(comparison: Comparison): readonly Effect[] {
  const [gone, come] = removedAndAdded([...comparison.changes.values()]);
  const free = new Map(come.map((each) => [resourceFingerprint(each), each]));
  return gone.flatMap((old): readonly Effect[] => {
    const young = free.get(resourceFingerprint(old));
    if (!young) return [];
    free.delete(resourceFingerprint(old));
    const words = `${typeNoun(old.type)} ${old.id} becomes ${young.id}: another one is made, then the old one goes`;
    return [
      { verb: 'MOVE', area: 'other', object: objectOfChange(young), text: words, ids: [young.id, old.id], changes: [] },
    ];
  });
}

const removedAndAdded = (
  changes: readonly ResourceChange[],
): readonly [gone: readonly ResourceChange[], come: readonly ResourceChange[]] => [
  changes.filter(({ action }) => action === 'remove'),
  changes.filter(({ action }) => action === 'add'),
];

const resourceFingerprint = ({ type, before, after, ...change }: ResourceChange): string =>
  canonicalJson([
    type,
    objectOfChange({ type, ...change, ...(before && { before }), ...(after && { after }) }),
    (after ?? before)?.Properties ?? null,
  ]);

/** What runs on a group's machines, without what names it. */
function workloadFingerprint(template: Template, { after, before }: ResourceChange): Json {
  const group = after ?? before;
  const properties = group?.Properties ?? {};
  const userData = launchDataOf(template, group)?.['UserData'];
  const pod = isObject(userData) && isObject(userData['pod']) ? userData['pod'] : undefined;
  // Without what runs on them, two groups are not known to be the same.
  if (!pod || !isList(pod['containers'])) return canonicalJson([properties, String(launchTemplateId(group))]);
  const containers = pod['containers']
    .filter((each) => isObject(each))
    .map(({ image = null, command = null, args = null, env = null }) => ({ image, command, args, env }));
  return [properties['DesiredCapacity'] ?? null, containers];
}
