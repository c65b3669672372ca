// How many machines of a workload may be missing: its PodDisruptionBudgets, and whether a rollout surges.

import type { IntOrString } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { matchesSelector } from './labelSelector.ts';
import type { WorkloadPod } from './pods.ts';

// How many machines of a workload its PodDisruptionBudgets let be missing.

export type DisruptionBudget = Manifest<'PodDisruptionBudget'>;

/** Those that select its pods: one without a selector selects none, one with an empty selector all. */
export const budgetsOf = ({ namespace, labels }: WorkloadPod, all: Manifests): readonly DisruptionBudget[] =>
  all
    .of('PodDisruptionBudget')
    .filter(
      ({ ref, object: { spec } }) =>
        ref.namespace === namespace && spec.selector !== undefined && matchesSelector(spec.selector, labels),
    );

/** Of so many; percentages are rounded up. See `getExpectedPodCount` (kubernetes/pkg/controller/disruption). */
export function allowedDisruptions({ object: { spec } }: DisruptionBudget, replicas: number): number {
  if (spec.maxUnavailable !== undefined) return Math.min(replicas, podCountOf(spec.maxUnavailable, replicas));
  return Math.max(0, replicas - podCountOf(spec.minAvailable ?? 1, replicas));
}

const podCountOf = (value: IntOrString, of: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * of) / 100);

// Whether a rollout of a workload brings machines before it takes others away.

export function surgesOnRollout({ manifest, spec }: WorkloadPod): boolean {
  if (manifest.kind === 'Pod' || manifest.kind === 'StatefulSet') return false;
  // A disk is let go before another machine can have it.
  if ((spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)) return false;
  if (manifest.kind !== 'Deployment') return true;
  const { type, rollingUpdate } = (manifest as Manifest<'Deployment'>).object.spec.strategy;
  const surge = rollingUpdate?.maxSurge ?? '25%';
  return type === 'RollingUpdate' && (typeof surge === 'number' ? surge > 0 : Number.parseInt(surge, 10) > 0);
}
