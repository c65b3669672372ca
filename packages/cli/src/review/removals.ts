// Refuses a change that removes more than half of an app's machines, or a volume, unless --allow-removal names it.
import { countText, listText, type Problem } from '@i2kit/common';
import { printable } from '@i2kit/runner';
import { type ResourceOrigins, resourceOriginsIn } from '../aws/resourceOrigins.ts';
import type { Values } from '../flags.ts';

/** The template that a stack of the app has, and the one that it gets; empty texts where there is none. */
export interface TemplateChange {
  readonly stackName: string;
  readonly before: string;
  readonly after: string;
}

/** A volume that would be deleted outside of a stack update, whose own guard is `--allow-replace`. */
export interface VolumeRemoval {
  readonly id: string;
  /** The object that the volume was created for. */
  readonly object: string;
  /** `10 GiB`; absent if it is not known. */
  readonly size?: string;
  /** A snapshot is kept. */
  readonly snapshot?: true;
}

interface GroupSize {
  readonly origin: string;
  readonly before: number;
  readonly after: number;
}

interface GroupResource {
  readonly Type?: unknown;
  readonly Properties?: Readonly<Partial<Record<'DesiredCapacity' | 'MinSize' | 'MaxSize', unknown>>>;
}

/**
 * Machines of all groups before and after. Machines of Jobs do not count: they end by themselves.
 * `others` are templates of the app's stacks that do not change.
 */
export function machineCounts(
  changes: readonly TemplateChange[],
  others: readonly string[] = [],
): { readonly before: number; readonly after: number; readonly shrinking: readonly GroupSize[] } {
  const sizes = sumByOrigin([
    ...changes.flatMap(({ before, after }) => groupSizes(before, after)),
    ...others.flatMap((template) => groupSizes(template, template)),
  ]);
  const total = (side: 'before' | 'after') => sizes.reduce((sum, each) => sum + each[side], 0);
  return {
    before: total('before'),
    after: total('after'),
    shrinking: sizes.filter(({ before, after }) => after < before),
  };
}

/** More than half of the machines, net: a group that is renamed removes none. */
export const removesMostMachines = ({ before, after }: { readonly before: number; readonly after: number }): boolean =>
  (before - after) * 2 > before;

/** A problem if most machines of the app would be removed, and no flag names the app. */
export function machineRemovalProblems(
  app: string,
  counts: ReturnType<typeof machineCounts>,
  values: Pick<Values, 'allow-removal'>,
): readonly Problem[] {
  if (!removesMostMachines(counts) || values['allow-removal']?.includes(app)) return [];
  const { before, after, shrinking } = counts;
  const groups = shrinking.map((each) => `${each.origin} ${each.before} → ${each.after}`);
  const machines = `${before - after} of ${countText(before, 'machine')} of ${app} would be removed`;
  return [{ message: printable(`${machines} (${listText(groups)}). To allow it: --allow-removal ${app}`) }];
}

/** A problem for each volume that no flag names, by its id or its object. */
export function volumeRemovalProblems(
  volumes: readonly VolumeRemoval[],
  values: Pick<Values, 'allow-removal'>,
): readonly Problem[] {
  return volumes.flatMap(({ id, object, size, snapshot }) => {
    if (values['allow-removal']?.some((name) => name === id || name === object)) return [];
    const volume = `the volume ${id}${size === undefined ? '' : `, ${size},`}`;
    const end = snapshot ? 'would be deleted; a snapshot is kept' : 'would be deleted with its data';
    return [{ message: printable(`${object}: ${volume} ${end}. To allow it: --allow-removal ${id}`) }];
  });
}

/** Each ordinal of a StatefulSet is a group. */
function sumByOrigin(groups: readonly GroupSize[]): readonly GroupSize[] {
  const sums = new Map<string, GroupSize>();
  for (const { origin, before, after } of groups) {
    const sum = sums.get(origin) ?? { before: 0, after: 0 };
    sums.set(origin, { origin, before: sum.before + before, after: sum.after + after });
  }
  return [...sums.values()];
}

function groupSizes(before: string, after: string): readonly GroupSize[] {
  const old = groupsIn(before);
  const now = groupsIn(after);
  const origins: ResourceOrigins = { ...resourceOriginsIn(after), ...resourceOriginsIn(before) };
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((id) => {
    const size = sizeOf(old[id]) ?? 0;
    return { origin: origins[id] ?? id, before: size, after: now[id] === undefined ? 0 : sizeAfter(now[id], size) };
  });
}

/** Without a desired capacity, autoscaling keeps the present one within its bounds. */
function sizeAfter(group: GroupResource, size: number): number {
  const { MinSize, MaxSize } = group.Properties ?? {};
  return desiredOf(group) ?? Math.min(Math.max(size, Number(MinSize) || 0), Number(MaxSize ?? size));
}

/** An autoscaled group has at least its minimum. */
const sizeOf = (group: GroupResource | undefined): number | undefined =>
  group && (desiredOf(group) ?? (Number(group.Properties?.MinSize) || 0));

function desiredOf({ Properties }: GroupResource): number | undefined {
  const desired = Number(Properties?.DesiredCapacity);
  return Number.isNaN(desired) ? undefined : desired;
}

/** Empty for a template of another tool. */
function groupsIn(template: string): Readonly<Record<string, GroupResource>> {
  try {
    const { Resources = {} } = JSON.parse(template) as { Resources?: Readonly<Record<string, GroupResource>> };
    return Object.fromEntries(
      Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::AutoScaling::AutoScalingGroup'),
    );
  } catch {
    return {};
  }
}
