// Keys of a workload's machine groups: one group, or one for each ordinal of a StatefulSet.
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import type { Manifest } from '../manifest.ts';
import type { Ordinal } from '../plan.ts';

export interface MachineGroupKey {
  /** Key of the group in the plan. */
  readonly key: string;
  /** Set for StatefulSets. */
  readonly ordinal?: Omit<Ordinal, 'service'>;
}

export function machineGroupKeysOf({ manifest, key }: WorkloadPod): readonly MachineGroupKey[] {
  if (manifest.kind !== 'StatefulSet') return [{ key }];
  const { object, ref } = manifest as Manifest<'StatefulSet'>;
  const { replicas, ordinals, podManagementPolicy } = object.spec;
  const start = ordinals?.start ?? 0;
  return Array.from({ length: replicas }, (_, position) => {
    const index = start + position;
    const startAfter =
      podManagementPolicy === 'Parallel' || position === 0 ? {} : { startAfter: `${key}/${index - 1}` };
    return { key: `${key}/${index}`, ordinal: { index, name: `${ref.name}-${index}`, ...startAfter } };
  });
}

export const groupKeysOf = (pods: readonly WorkloadPod[]): readonly string[] =>
  pods.flatMap((pod) => machineGroupKeysOf(pod).map(({ key }) => key));
