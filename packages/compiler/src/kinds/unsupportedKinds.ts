// Known kinds of Kubernetes that do not compile, each with the reason and an alternative.

export interface UnsupportedKind {
  /** Versions in which Kubernetes reads or read it, the current one first. */
  readonly apiVersions: readonly string[];
  /** Refused, or skipped with a warning because it would have no effect. */
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
  'has no effect: there is no API server that would authorize',
);
const admissionKind = ignoredKind(
  'admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1beta1',
  'has no effect: there is no API server that would call it',
);
const DEPLOYMENT_HINT = 'Use a Deployment.';

export const unsupportedKinds: Readonly<Record<string, UnsupportedKind>> = {
  APIService: ignoredKind('apiregistration.k8s.io/v1', 'has no effect: there is no API server to extend'),
  CSIDriver: ignoredKind('storage.k8s.io/v1', 'has no effect: volumes are EBS volumes'),
  ClusterRole: rbacKind,
  ClusterRoleBinding: rbacKind,
  CustomResourceDefinition: refusedKind(
    'apiextensions.k8s.io/v1 apiextensions.k8s.io/v1beta1',
    'needs an API server and a controller, which do not exist here',
    'Pass --ignore-kind CustomResourceDefinition to skip it, but not its objects.',
  ),
  DaemonSet: refusedKind(
    'apps/v1 apps/v1beta2 extensions/v1beta1',
    'runs on each node, and there are no nodes: each pod has its own machine',
    'Make it a sidecar container of the pods that need it.',
  ),
  EndpointSlice: refusedKind(
    'discovery.k8s.io/v1',
    'is written by controllers, and there are none',
    'Use a Service of type ExternalName.',
  ),
  Endpoints: refusedKind('v1', 'is written by controllers, and there are none', 'Use a Service of type ExternalName.'),
  Event: ignoredKind('v1 events.k8s.io/v1', 'has no effect: a cluster writes it'),
  Kustomization: refusedKind(
    'kustomize.config.k8s.io/v1beta1 kustomize.config.k8s.io/v1',
    'is an input of kustomize, not a manifest',
    'Pass its directory with -k.',
  ),
  Lease: ignoredKind('coordination.k8s.io/v1', 'has no effect: a cluster writes it'),
  LimitRange: ignoredKind('v1', 'has no effect: each pod has its own machine'),
  MutatingWebhookConfiguration: admissionKind,
  Node: refusedKind('v1', 'has no meaning here: each pod has its own machine', 'remove it'),
  PersistentVolume: uncompiledKind('v1', 'A PersistentVolumeClaim becomes an EBS volume without one.'),
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
