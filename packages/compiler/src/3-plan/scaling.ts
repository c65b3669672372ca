// HorizontalPodAutoscaler -> what a machine group's size follows.

import type { MetricSpec } from '../generated/kubernetes.ts';
import { autoscalerOf, metricOf } from '../kinds/shared/autoscalers.ts';
import { thousandths } from '../kinds/shared/quantity.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Origin, Scaling, ScalingMetric } from '../plan.ts';

export function scalingOf(workload: Manifest, all: Manifests): Scaling | undefined {
  const autoscaler = autoscalerOf(workload, all);
  if (autoscaler === undefined) return undefined;
  const { ref, object } = autoscaler;
  const at = (index: number): Origin => ({ object: ref, path: ['spec', 'metrics', index] });
  return {
    origin: { object: ref, path: ['spec'] },
    most: object.spec.maxReplicas,
    metrics: object.spec.metrics.flatMap((metric, index) => metricAt(metric, at(index)) ?? []),
  };
}

function metricAt(metric: MetricSpec, origin: Origin): ScalingMetric | undefined {
  const of = metricOf(metric);
  const target = metric.resource?.target ?? metric.object?.target;
  if (of === undefined || target === undefined) return undefined;
  if (of !== 'requests' && target.averageUtilization !== undefined)
    return { origin, of, unit: 'percent', target: target.averageUtilization };
  return { origin, of, unit: 'amount', target: (thousandths(target.averageValue ?? 0) ?? 0) / 1000 };
}
