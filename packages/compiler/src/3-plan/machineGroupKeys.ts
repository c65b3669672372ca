// Which machine groups a pod's workload becomes: one, or of a StatefulSet one for each ordinal.
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import type { Manifest } from '../manifest.ts';

export interface MachineGroupKey {
  /** Key of the group. */
  readonly key: string;
  /** Of a StatefulSet. */
  readonly ordinal?: { readonly index: number; readonly name: string; readonly after?: string };
}

export function machineGroupKeysOf({ manifest, key }: WorkloadPod): readonly MachineGroupKey[] {
  if (manifest.kind !== 'StatefulSet') return [{ key }];
  const { object, ref } = manifest as Manifest<'StatefulSet'>;
  const { replicas, ordinals, podManagementPolicy } = object.spec;
  const start = ordinals?.start ?? 0;
  return Array.from({ length: replicas }, (_, position) => {
    const index = start + position;
    const after = podManagementPolicy === 'Parallel' || position === 0 ? {} : { after: `${key}/${index - 1}` };
    return { key: `${key}/${index}`, ordinal: { index, name: `${ref.name}-${index}`, ...after } };
  });
}

export const groupKeysOf = (pods: readonly WorkloadPod[]): readonly string[] =>
  pods.flatMap((pod) => machineGroupKeysOf(pod).map(({ key }) => key));
