// The fields of every object once Kubernetes' defaults are filled in; test/defaults.test.ts holds this list to them.

/**
 * Definition to fields. A field that only some kinds or some settings fill (`enableServiceLinks`, `internalTrafficPolicy`) is not
 * here; nor is anything of JobSpec, since in a CronJob Kubernetes leaves that to the Jobs that it makes of it.
 */
const BY_DEFAULTING = {
  AzureDiskVolumeSource: ['cachingMode', 'fsType', 'kind', 'readOnly'],
  ConfigMapVolumeSource: ['defaultMode'],
  Container: ['imagePullPolicy', 'terminationMessagePath', 'terminationMessagePolicy'],
  ContainerPort: ['protocol'],
  CronJobSpec: ['concurrencyPolicy', 'failedJobsHistoryLimit', 'successfulJobsHistoryLimit', 'suspend'],
  DaemonSetSpec: ['revisionHistoryLimit'],
  DaemonSetUpdateStrategy: ['type'],
  DeploymentSpec: ['progressDeadlineSeconds', 'replicas', 'revisionHistoryLimit'],
  DeploymentStrategy: ['type'],
  DownwardAPIVolumeSource: ['defaultMode'],
  EphemeralContainer: ['imagePullPolicy', 'terminationMessagePath', 'terminationMessagePolicy'],
  FileKeySelector: ['optional'],
  GRPCAction: ['service'],
  HPAScalingRules: ['policies', 'selectPolicy'],
  HTTPGetAction: ['path', 'scheme'],
  HorizontalPodAutoscalerBehavior: ['scaleDown', 'scaleUp'],
  HorizontalPodAutoscalerSpec: ['metrics', 'minReplicas'],
  HostPathVolumeSource: ['type'],
  ISCSIPersistentVolumeSource: ['iscsiInterface'],
  ISCSIVolumeSource: ['iscsiInterface'],
  ImageVolumeSource: ['pullPolicy'],
  IngressClassParametersReference: ['scope'],
  NetworkPolicyPort: ['protocol'],
  NetworkPolicySpec: ['policyTypes'],
  ObjectFieldSelector: ['apiVersion'],
  PersistentVolumeClaimSpec: ['volumeMode'],
  PersistentVolumeSpec: ['persistentVolumeReclaimPolicy', 'volumeMode'],
  PodFailurePolicyOnPodConditionsPattern: ['status'],
  PodSpec: ['dnsPolicy', 'restartPolicy', 'schedulerName', 'securityContext', 'terminationGracePeriodSeconds'],
  Probe: ['failureThreshold', 'periodSeconds', 'successThreshold', 'timeoutSeconds'],
  ProjectedVolumeSource: ['defaultMode'],
  RBDPersistentVolumeSource: ['keyring', 'pool', 'user'],
  RBDVolumeSource: ['keyring', 'pool', 'user'],
  ReplicaSetSpec: ['replicas'],
  ReplicationControllerSpec: ['replicas'],
  ScaleIOPersistentVolumeSource: ['fsType', 'storageMode'],
  ScaleIOVolumeSource: ['fsType', 'storageMode'],
  Secret: ['type'],
  SecretVolumeSource: ['defaultMode'],
  ServiceAccountTokenProjection: ['expirationSeconds'],
  ServicePort: ['protocol', 'targetPort'],
  ServiceSpec: ['sessionAffinity', 'type'],
  StatefulSetPersistentVolumeClaimRetentionPolicy: ['whenDeleted', 'whenScaled'],
  StatefulSetSpec: ['persistentVolumeClaimRetentionPolicy', 'podManagementPolicy', 'replicas', 'revisionHistoryLimit'],
  StatefulSetUpdateStrategy: ['type'],
  StorageClass: ['reclaimPolicy', 'volumeBindingMode'],
};

/** The fields of this definition that are always there, on top of those that it requires. */
export const filled = (name, definition) => [
  ...(BY_DEFAULTING[name] ?? []),
  // A Go field held by value is in every output, if only as {}.
  ...Object.entries(definition?.properties ?? {})
    .filter(([, schema]) => schema.$ref && typeof schema.default === 'object')
    .map(([key]) => key),
];
