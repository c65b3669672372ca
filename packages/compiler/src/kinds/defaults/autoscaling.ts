// The defaults of a HorizontalPodAutoscaler (autoscaling/v2).
import { child, fill, type JsonObject, struct } from './json.ts';

const CPU = () => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } });

export function horizontalPodAutoscaler(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  struct(spec, 'scaleTargetRef');
  fill(spec, { minReplicas: 1 });
  if (!Array.isArray(spec.metrics) || spec.metrics.length === 0) spec.metrics = [CPU()];
  const behavior = child(spec, 'behavior');
  if (!behavior) return;
  fill(struct(behavior, 'scaleUp'), {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  });
  // The window for scaling down is a setting of the cluster's own, so it stays open.
  fill(struct(behavior, 'scaleDown'), { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] });
}
