// The defaults of a HorizontalPodAutoscaler (autoscaling/v2).
import { child, ensureObject, fillAbsent, type JsonObject } from './jsonObject.ts';

const cpuMetric = () => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
});

export function setHorizontalPodAutoscalerDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  ensureObject(spec, 'scaleTargetRef');
  fillAbsent(spec, { minReplicas: 1 });
  if (!Array.isArray(spec.metrics) || spec.metrics.length === 0) spec.metrics = [cpuMetric()];
  const behavior = child(spec, 'behavior');
  if (!behavior) return;
  fillAbsent(ensureObject(behavior, 'scaleUp'), {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  });
  // The window for scaling down is a setting of the cluster, so it stays absent.
  fillAbsent(ensureObject(behavior, 'scaleDown'), {
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  });
}
