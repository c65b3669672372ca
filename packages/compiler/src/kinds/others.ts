// The kinds of Kubernetes that are known and not compiled, each with why and what to do instead.

export interface OtherKind {
  /** Versions in which Kubernetes reads it or did, the present one first. */
  readonly apiVersions: readonly string[];
  /** Refused, or passed over with a warning because nothing here would act on it. */
  readonly verdict: 'refused' | 'warned';
  /** Completes "a DaemonSet …". */
  readonly why: string;
  readonly hint?: string;
}

const not = (apiVersions: string, why: string, hint?: string): OtherKind => ({
  apiVersions: apiVersions.split(' '),
  verdict: 'refused',
  why,
  ...(hint !== undefined && { hint }),
});

const notYet = (apiVersions: string, hint?: string) => not(apiVersions, 'is not compiled by this version of i2kit', hint);

const without = (apiVersions: string, why: string): OtherKind => ({ apiVersions: apiVersions.split(' '), verdict: 'warned', why });

const rbac = without(
  'rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1beta1',
  'has no effect: there is no API server to have rights at',
);
const admission = without(
  'admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1beta1',
  'has no effect: there is no API server that would ask it',
);
const replicas = 'write a Deployment';

export const others: Readonly<Record<string, OtherKind>> = {
  APIService: without('apiregistration.k8s.io/v1', 'has no effect: there is no API server to extend'),
  CSIDriver: without('storage.k8s.io/v1', 'has no effect: disks are EBS volumes'),
  ClusterRole: rbac,
  ClusterRoleBinding: rbac,
  CustomResourceDefinition: not(
    'apiextensions.k8s.io/v1 apiextensions.k8s.io/v1beta1',
    'needs an API server and a controller, and there is neither',
    '--ignore-kind CustomResourceDefinition passes over it, and over nothing of its kind',
  ),
  DaemonSet: not(
    'apps/v1 apps/v1beta2 extensions/v1beta1',
    'runs on each node, and there are no nodes: each pod has a machine of its own',
    'make it a sidecar container of the pods that need it',
  ),
  EndpointSlice: not('discovery.k8s.io/v1', 'is written by controllers, and there are none', 'write a Service of type ExternalName'),
  Endpoints: not('v1', 'is written by controllers, and there are none', 'write a Service of type ExternalName'),
  Event: without('v1 events.k8s.io/v1', 'has no effect: a cluster writes it'),
  Kustomization: not(
    'kustomize.config.k8s.io/v1beta1 kustomize.config.k8s.io/v1',
    'is what kustomize makes manifests of, and none itself',
    'give its directory with -k',
  ),
  Lease: without('coordination.k8s.io/v1', 'has no effect: a cluster writes it'),
  LimitRange: without('v1', 'has no effect: each pod has a machine of its own'),
  MutatingWebhookConfiguration: admission,
  Node: not('v1', 'has no meaning here: each pod has a machine of its own', 'remove it'),
  PersistentVolume: notYet('v1', 'a PersistentVolumeClaim becomes an EBS volume without one'),
  PodSecurityPolicy: without('policy/v1beta1 extensions/v1beta1', 'has no effect: Kubernetes has removed it'),
  PodTemplate: not('v1', 'runs nothing by itself', replicas),
  PriorityClass: without('scheduling.k8s.io/v1', 'has no effect: no pod competes with another for a machine'),
  ResourceQuota: without('v1', 'has no effect: quotas are those of the AWS account'),
  Role: rbac,
  RoleBinding: rbac,
  RuntimeClass: without('node.k8s.io/v1', 'has no effect: containers run under runc'),
  ValidatingAdmissionPolicy: admission,
  ValidatingAdmissionPolicyBinding: admission,
  ValidatingWebhookConfiguration: admission,
  VolumeSnapshot: notYet('snapshot.storage.k8s.io/v1'),
};
