// Which HorizontalPodAutoscaler scales a workload, and by what.
import type { CrossVersionObjectReference, MetricSpec } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Kind } from '../kind.ts';

type AutoscalerManifest = Manifest<'HorizontalPodAutoscaler'>;

/** A ReplicationController is in no group of the API, and Kubernetes scales only what is. */
export const isScalable = (kind: string): kind is Kind => kind === 'Deployment' || kind === 'ReplicaSet';

/** The workload that it names; undefined where that is none of the input. */
export function scaledWorkload({ ref, object: { spec } }: AutoscalerManifest, all: Manifests): Manifest | undefined {
  const { kind, name } = spec.scaleTargetRef;
  return isScalable(kind) ? all.get(kind, ref.namespace, name) : undefined;
}

/** The first by name; a rule refuses a second one. */
export const autoscalerOf = (workload: Manifest, all: Manifests): AutoscalerManifest | undefined =>
  all.of('HorizontalPodAutoscaler').find((autoscaler) => scaledWorkload(autoscaler, all) === workload);

/** How people call the requests that a load balancer counts. */
const REQUEST_METRICS = [
  'requests-per-second',
  'requests_per_second',
  'http_requests_per_second',
  'nginx_ingress_controller_requests',
];

/** Whether requests lead through it: where its apiVersion is left out, it goes by the kind. */
const isRequestRoute = ({ apiVersion, kind }: CrossVersionObjectReference): boolean =>
  kind === 'Ingress'
    ? (apiVersion || 'networking.k8s.io/v1').startsWith('networking.k8s.io/')
    : kind === 'Service' && (apiVersion || 'v1') === 'v1';

/** What a metric is here: CPU of the machine, memory of the pod, or requests of an application load balancer. */
export function metricOf({ type, resource, object }: MetricSpec): 'cpu' | 'memory' | 'requests' | undefined {
  if (type === 'Resource' && (resource?.name === 'cpu' || resource?.name === 'memory')) return resource.name;
  if (type !== 'Object' || object === undefined || !isRequestRoute(object.describedObject)) return undefined;
  const { metric, target } = object;
  const counts = REQUEST_METRICS.includes(metric.name) && metric.selector === undefined;
  return counts && target.type === 'AverageValue' && target.averageValue !== undefined ? 'requests' : undefined;
}
