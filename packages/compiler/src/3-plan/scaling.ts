// Machine count of a workload: its replicas or completions, and the metrics of its HorizontalPodAutoscaler.

import type { JobSpec, MetricSpec } from '../generated/kubernetes.ts';
import { autoscalerOf, metricOf } from '../kinds/shared/autoscalers.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { milliUnitsRoundedUp } from '../kinds/shared/quantity.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Origin, ReplicaCount, Scaling, ScalingMetric } from '../plan.ts';

/** For Jobs: required successes; 0 while the Job is suspended or has no parallelism. */
export function replicaCountOf(
  { manifest, path, replicas, runsToCompletion: ends }: WorkloadPod,
  manifests: Manifests,
): ReplicaCount {
  const { ref } = manifest;
  const autoscaler = autoscalerOf(manifest, manifests);
  if (autoscaler) return { origin: { object: ref, path: [] }, count: autoscaler.object.spec.minReplicas };
  if (manifest.kind === 'Pod') return { origin: { object: ref, path: [] }, count: replicas };
  const spec = path.slice(0, -2);
  const suspended = manifest.kind === 'Job' && isPaused((manifest as Manifest<'Job'>).object.spec);
  return {
    origin: { object: ref, path: [...spec, ends ? 'completions' : 'replicas'] },
    count: suspended ? 0 : replicas,
  };
}

/** Without parallelism no pod of a Job is started. */
const isPaused = ({ suspend, parallelism }: JobSpec): boolean => suspend === true || parallelism === 0;

/** HorizontalPodAutoscaler -> scaling of a machine group. */
export function scalingOf(workload: Manifest, manifests: Manifests): Scaling | undefined {
  const autoscaler = autoscalerOf(workload, manifests);
  if (autoscaler === undefined) return undefined;
  const { minReplicas, maxReplicas } = autoscaler.object.spec;
  // A fixed size needs no policy, and without one nothing exceeds it.
  if (maxReplicas <= minReplicas) return undefined;
  const { ref, object } = autoscaler;
  const at = (index: number): Origin => ({ object: ref, path: ['spec', 'metrics', index] });
  return {
    origin: { object: ref, path: ['spec'] },
    maxMachines: maxReplicas,
    metrics: object.spec.metrics.flatMap((metric, index) => scalingMetric(metric, at(index)) ?? []),
  };
}

function scalingMetric(metric: MetricSpec, origin: Origin): ScalingMetric | undefined {
  const of = metricOf(metric);
  const target = metric.resource?.target ?? metric.object?.target;
  if (of === undefined || target === undefined) return undefined;
  if (of !== 'requests' && target.averageUtilization !== undefined)
    return { origin, name: of, unit: 'percent', target: target.averageUtilization };
  return { origin, name: of, unit: 'amount', target: (milliUnitsRoundedUp(target.averageValue ?? 0) ?? 0) / 1000 };
}
