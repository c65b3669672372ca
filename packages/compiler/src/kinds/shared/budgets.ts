// How many machines of a workload its PodDisruptionBudgets let be missing.
import type { IntOrString } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { selects } from './labelSelector.ts';
import type { PodOf } from './pods.ts';

export type Budget = Manifest<'PodDisruptionBudget'>;

/** Those that select its pods: one without a selector selects none, one with an empty selector all. */
export const budgetsOf = ({ namespace, labels }: PodOf, all: Manifests): readonly Budget[] =>
  all
    .of('PodDisruptionBudget')
    .filter(({ ref, object: { spec } }) => ref.namespace === namespace && spec.selector !== undefined && selects(spec.selector, labels));

/** Of so many; percentages are rounded up. See `getExpectedPodCount` (kubernetes/pkg/controller/disruption). */
export function allowed({ object: { spec } }: Budget, replicas: number): number {
  if (spec.maxUnavailable !== undefined) return Math.min(replicas, absolute(spec.maxUnavailable, replicas));
  return Math.max(0, replicas - absolute(spec.minAvailable ?? 1, replicas));
}

const absolute = (value: IntOrString, of: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * of) / 100);
