// Finds the HorizontalPodAutoscaler of a workload, and interprets its metrics.
import type { CrossVersionObjectReference, MetricSpec } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Kind } from '../index.ts';

type AutoscalerManifest = Manifest<'HorizontalPodAutoscaler'>;

/** A ReplicationController is in the core group, which Kubernetes' autoscaler does not accept. */
export const isScalable = (kind: string): kind is Kind => kind === 'Deployment' || kind === 'ReplicaSet';

/** The workload that it names; undefined if it is not in the input. */
export function scaledWorkload(
  { ref, object: { spec } }: AutoscalerManifest,
  manifests: Manifests,
): Manifest | undefined {
  const { kind, name } = spec.scaleTargetRef;
  return isScalable(kind) ? manifests.get(kind, ref.namespace, name) : undefined;
}

/** The first by name; a rule refuses a second one. */
export const autoscalerOf = (workload: Manifest, manifests: Manifests): AutoscalerManifest | undefined =>
  manifests.of('HorizontalPodAutoscaler').find((autoscaler) => scaledWorkload(autoscaler, manifests) === workload);

/** Common metric names for the requests that a load balancer counts. */
const REQUEST_METRICS = [
  'requests-per-second',
  'requests_per_second',
  'http_requests_per_second',
  'nginx_ingress_controller_requests',
];

/** Whether the object routes requests; without an apiVersion, decided by kind. */
const isRequestRoute = ({ apiVersion, kind }: CrossVersionObjectReference): boolean =>
  kind === 'Ingress'
    ? (apiVersion || 'networking.k8s.io/v1').startsWith('networking.k8s.io/')
    : kind === 'Service' && (apiVersion || 'v1') === 'v1';

/** A supported metric: CPU of the machine, memory of the pod, or requests of an application load balancer. */
export function metricOf({ type, resource, object }: MetricSpec): 'cpu' | 'memory' | 'requests' | undefined {
  if (type === 'Resource' && (resource?.name === 'cpu' || resource?.name === 'memory')) return resource.name;
  if (type !== 'Object' || object === undefined || !isRequestRoute(object.describedObject)) return undefined;
  const { metric, target } = object;
  const counts = REQUEST_METRICS.includes(metric.name) && metric.selector === undefined;
  return counts && target.type === 'AverageValue' && target.averageValue !== undefined ? 'requests' : undefined;
}
