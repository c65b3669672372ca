// The kinds of Kubernetes that are known and not compiled, each with why and what to do instead.

export interface UnsupportedKind {
  /** Versions in which Kubernetes reads it or did, the present one first. */
  readonly apiVersions: readonly string[];
  /** Refused, or passed over with a warning because nothing here would act on it. */
  readonly verdict: 'refused' | 'warned';
  /** Completes "a DaemonSet …". */
  readonly why: string;
  readonly hint?: string;
}

const refusedKind = (apiVersions: string, why: string, hint?: string): UnsupportedKind => ({
  apiVersions: apiVersions.split(' '),
  verdict: 'refused',
  why,
  ...(hint !== undefined && { hint }),
});

const uncompiledKind = (apiVersions: string, hint?: string) =>
  refusedKind(apiVersions, 'is not compiled by this version of i2kit', hint);

const ignoredKind = (apiVersions: string, why: string): UnsupportedKind => ({
  apiVersions: apiVersions.split(' '),
  verdict: 'warned',
  why,
});

const rbacKind = ignoredKind(
  'rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1beta1',
  'has no effect: there is no API server to have rights at',
);
const admissionKind = ignoredKind(
  'admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1beta1',
  'has no effect: there is no API server that would ask it',
);
const DEPLOYMENT_HINT = 'write a Deployment';

export const unsupportedKinds: Readonly<Record<string, UnsupportedKind>> = {
  APIService: ignoredKind('apiregistration.k8s.io/v1', 'has no effect: there is no API server to extend'),
  CSIDriver: ignoredKind('storage.k8s.io/v1', 'has no effect: disks are EBS volumes'),
  ClusterRole: rbacKind,
  ClusterRoleBinding: rbacKind,
  CustomResourceDefinition: refusedKind(
    'apiextensions.k8s.io/v1 apiextensions.k8s.io/v1beta1',
    'needs an API server and a controller, and there is neither',
    '--ignore-kind CustomResourceDefinition passes over it, and over nothing of its kind',
  ),
  DaemonSet: refusedKind(
    'apps/v1 apps/v1beta2 extensions/v1beta1',
    'runs on each node, and there are no nodes: each pod has a machine of its own',
    'make it a sidecar container of the pods that need it',
  ),
  EndpointSlice: refusedKind(
    'discovery.k8s.io/v1',
    'is written by controllers, and there are none',
    'write a Service of type ExternalName',
  ),
  Endpoints: refusedKind('v1', 'is written by controllers, and there are none', 'write a Service of type ExternalName'),
  Event: ignoredKind('v1 events.k8s.io/v1', 'has no effect: a cluster writes it'),
  Kustomization: refusedKind(
    'kustomize.config.k8s.io/v1beta1 kustomize.config.k8s.io/v1',
    'is what kustomize makes manifests of, and none itself',
    'give its directory with -k',
  ),
  Lease: ignoredKind('coordination.k8s.io/v1', 'has no effect: a cluster writes it'),
  LimitRange: ignoredKind('v1', 'has no effect: each pod has a machine of its own'),
  MutatingWebhookConfiguration: admissionKind,
  Node: refusedKind('v1', 'has no meaning here: each pod has a machine of its own', 'remove it'),
  PersistentVolume: uncompiledKind('v1', 'a PersistentVolumeClaim becomes an EBS volume without one'),
  PodSecurityPolicy: ignoredKind('policy/v1beta1 extensions/v1beta1', 'has no effect: Kubernetes has removed it'),
  PodTemplate: refusedKind('v1', 'runs nothing by itself', DEPLOYMENT_HINT),
  PriorityClass: ignoredKind('scheduling.k8s.io/v1', 'has no effect: no pod competes with another for a machine'),
  ResourceQuota: ignoredKind('v1', 'has no effect: quotas are those of the AWS account'),
  Role: rbacKind,
  RoleBinding: rbacKind,
  RuntimeClass: ignoredKind('node.k8s.io/v1', 'has no effect: containers run under runc'),
  ValidatingAdmissionPolicy: admissionKind,
  ValidatingAdmissionPolicyBinding: admissionKind,
  ValidatingWebhookConfiguration: admissionKind,
  VolumeSnapshot: uncompiledKind('snapshot.storage.k8s.io/v1'),
};
