// The number of machines of a workload that may be missing: its PodDisruptionBudgets, and whether a rollout surges.

import type { IntOrString } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { matchesSelector } from './labelSelector.ts';
import type { WorkloadPod } from './pods.ts';

export type DisruptionBudget = Manifest<'PodDisruptionBudget'>;

/** The budgets that select its pods: one without a selector selects none, one with an empty selector all. */
export const budgetsOf = ({ namespace, labels }: WorkloadPod, manifests: Manifests): readonly DisruptionBudget[] =>
  manifests
    .of('PodDisruptionBudget')
    .filter(
      ({ ref, object: { spec } }) =>
        ref.namespace === namespace && spec.selector !== undefined && matchesSelector(spec.selector, labels),
    );

/**
 * The number of pods of a total; percentages round up. See `getExpectedPodCount`
 * (kubernetes/pkg/controller/disruption).
 */
export function allowedDisruptions({ object: { spec } }: DisruptionBudget, replicas: number): number {
  if (spec.maxUnavailable !== undefined) return Math.min(replicas, podCountOf(spec.maxUnavailable, replicas));
  return Math.max(0, replicas - podCountOf(spec.minAvailable ?? 1, replicas));
}

const podCountOf = (value: IntOrString, total: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * total) / 100);

/** Whether a rollout of a workload starts new machines before it terminates old ones. */
export function surgesOnRollout({ manifest, spec }: WorkloadPod): boolean {
  if (manifest.kind === 'Pod' || manifest.kind === 'StatefulSet') return false;
  // An EBS volume must be detached before another machine can attach it.
  if ((spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)) return false;
  if (manifest.kind !== 'Deployment') return true;
  const { type, rollingUpdate } = (manifest as Manifest<'Deployment'>).object.spec.strategy;
  const surge = rollingUpdate?.maxSurge ?? '25%';
  return type === 'RollingUpdate' && (typeof surge === 'number' ? surge > 0 : Number.parseInt(surge, 10) > 0);
}
