// The same thing under another name: it reads as one that goes and one that comes, and a reviewer should hear of it as one.
import { type Comparison, changesOfType, subject } from '../comparison.ts';
import type { ResourceChange } from '../differ/resources.ts';
import { same, text } from '../differ/values.ts';
import { launchDataOf, launchTemplateId } from '../launch.ts';
import { isList, isObject, type Json, type Template } from '../template.ts';
import { noun } from '../words.ts';
import type { Effect } from './effect.ts';
import { group } from './machines.ts';

/** Workloads: the images, the commands and the count of a group that goes are those of one that comes. */
export function renamed(comparison: Comparison): readonly Effect[] {
  const [gone, come] = halves(changesOfType(comparison, group));
  const free = new Set(come);
  return gone.flatMap((old): readonly Effect[] => {
    const young = [...free].find(
      (each) => subject(each) !== subject(old) && same(essence(comparison.before, old), essence(comparison.after, each)),
    );
    if (!young) return [];
    free.delete(young);
    const words = `is renamed from ${subject(old)}: new machines come up, then the old ones go`;
    return [{ verb: 'MOVE', area: 'machines', object: subject(young), text: words, ids: [young.id, old.id], changes: [] }];
  });
}

/** Resources: all of it is the same but its logical id. */
export function readdressed(comparison: Comparison): readonly Effect[] {
  const [gone, come] = halves([...comparison.changes.values()]);
  const free = new Map(come.map((each) => [sameness(each), each]));
  return gone.flatMap((old): readonly Effect[] => {
    const young = free.get(sameness(old));
    if (!young) return [];
    free.delete(sameness(old));
    const words = `${noun(old.type)} ${old.id} becomes ${young.id}: another one is made, then the old one goes`;
    return [{ verb: 'MOVE', area: 'other', object: subject(young), text: words, ids: [young.id, old.id], changes: [] }];
  });
}

const halves = (changes: readonly ResourceChange[]): readonly [gone: readonly ResourceChange[], come: readonly ResourceChange[]] => [
  changes.filter(({ action }) => action === 'remove'),
  changes.filter(({ action }) => action === 'add'),
];

const sameness = ({ type, before, after, ...change }: ResourceChange): string =>
  text([type, subject({ type, ...change, ...(before && { before }), ...(after && { after }) }), (after ?? before)?.Properties ?? null]);

/** What runs on a group's machines, without what names it. */
function essence(template: Template, { after, before }: ResourceChange): Json {
  const group = after ?? before;
  const properties = group?.Properties ?? {};
  const userData = launchDataOf(template, group)?.['UserData'];
  const pod = isObject(userData) && isObject(userData['pod']) ? userData['pod'] : undefined;
  // Without what runs on them, two groups are not known to be the same.
  if (!pod || !isList(pod['containers'])) return text([properties, String(launchTemplateId(group))]);
  const containers = pod['containers']
    .filter(isObject)
    .map(({ image = null, command = null, args = null, env = null }) => ({ image, command, args, env }));
  return [properties['DesiredCapacity'] ?? null, containers];
}
