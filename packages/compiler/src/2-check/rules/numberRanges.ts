// Numbers with a range, as validated by Kubernetes (k8s.io/kubernetes/pkg/apis/{core,apps}/validation).
import { type FieldTable, fieldTableRule } from '../fieldTable.ts';

export type NumberRange = readonly [least: number, most: number];

const MAX_INT32 = 2 ** 31 - 1;
const FROM_ZERO: NumberRange = [0, MAX_INT32];
const FROM_ONE: NumberRange = [1, MAX_INT32];
const FILE_MODE: NumberRange = [0, 0o777];

const withPrefixes = (prefixes: readonly string[], table: Readonly<Record<string, NumberRange>>) =>
  Object.fromEntries(
    prefixes.flatMap((prefix) => Object.entries(table).map(([path, range]) => [`${prefix}.${path}`, range])),
  );

const containers = ['containers[]', 'initContainers[]'];
const probes = containers.flatMap((container) =>
  ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => `${container}.${probe}`),
);

const podRanges: FieldTable<NumberRange> = {
  terminationGracePeriodSeconds: [0, Number.MAX_SAFE_INTEGER],
  activeDeadlineSeconds: FROM_ONE,
  ...withPrefixes(probes, {
    initialDelaySeconds: FROM_ZERO,
    periodSeconds: FROM_ONE,
    timeoutSeconds: FROM_ONE,
    successThreshold: FROM_ONE,
    failureThreshold: FROM_ONE,
    terminationGracePeriodSeconds: FROM_ONE,
  }),
  ...withPrefixes([...containers.map((container) => `${container}.securityContext`), 'securityContext'], {
    runAsUser: FROM_ZERO,
    runAsGroup: FROM_ZERO,
  }),
  'securityContext.fsGroup': FROM_ZERO,
  'securityContext.supplementalGroups[]': FROM_ZERO,
  ...withPrefixes(
    ['configMap', 'secret', 'downwardAPI', 'projected'].map((source) => `volumes[].${source}`),
    { defaultMode: FILE_MODE },
  ),
  ...withPrefixes(
    [
      'configMap',
      'secret',
      'downwardAPI',
      'projected.sources[].configMap',
      'projected.sources[].secret',
      'projected.sources[].downwardAPI',
    ].map((source) => `volumes[].${source}.items[]`),
    { mode: FILE_MODE },
  ),
  ...withPrefixes(
    [
      'nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[]',
      'podAffinity.preferredDuringSchedulingIgnoredDuringExecution[]',
      'podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[]',
    ].map((affinity) => `affinity.${affinity}`),
    { weight: [1, 100] },
  ),
  'topologySpreadConstraints[].maxSkew': FROM_ONE,
  'topologySpreadConstraints[].minDomains': FROM_ONE,
};

const deploymentRanges: FieldTable<NumberRange> = {
  'spec.replicas': FROM_ZERO,
  'spec.minReadySeconds': FROM_ZERO,
  'spec.revisionHistoryLimit': FROM_ZERO,
  'spec.progressDeadlineSeconds': FROM_ZERO,
};

const replicaRanges: FieldTable<NumberRange> = { 'spec.replicas': FROM_ZERO, 'spec.minReadySeconds': FROM_ZERO };

const jobSpecRanges = {
  parallelism: FROM_ZERO,
  completions: FROM_ZERO,
  activeDeadlineSeconds: FROM_ZERO,
  backoffLimit: FROM_ZERO,
  ttlSecondsAfterFinished: FROM_ZERO,
};

const jobRanges: FieldTable<NumberRange> = withPrefixes(['spec'], jobSpecRanges);

const cronJobRanges: FieldTable<NumberRange> = {
  ...withPrefixes(['spec.jobTemplate.spec'], jobSpecRanges),
  ...withPrefixes(['spec'], {
    startingDeadlineSeconds: FROM_ZERO,
    failedJobsHistoryLimit: FROM_ZERO,
    successfulJobsHistoryLimit: FROM_ZERO,
  }),
};

const statefulSetRanges: FieldTable<NumberRange> = {
  'spec.replicas': FROM_ZERO,
  'spec.minReadySeconds': FROM_ZERO,
  'spec.ordinals.start': FROM_ZERO,
  'spec.updateStrategy.rollingUpdate.partition': FROM_ZERO,
};

const serviceRanges: FieldTable<NumberRange> = {
  'spec.sessionAffinityConfig.clientIP.timeoutSeconds': [1, 86400],
  'spec.healthCheckNodePort': [0, 65535],
};

export const numberRanges = fieldTableRule<NumberRange>(
  'I2K318',
  {
    pods: podRanges,
    kinds: {
      CronJob: cronJobRanges,
      Deployment: deploymentRanges,
      Job: jobRanges,
      ReplicaSet: replicaRanges,
      ReplicationController: replicaRanges,
      Service: serviceRanges,
      StatefulSet: statefulSetRanges,
    },
  },
  ([least, most], value, path, reportAt) => {
    if (typeof value !== 'number' || (value >= least && value <= most)) return;
    // Messages call the numbers of a list by the list's name.
    const name = path.findLast((step) => typeof step === 'string');
    const text = most === 0o777 ? `${name} is 0${value.toString(8)}` : `${name} is ${value}`;
    if (value < least) reportAt(path, `${text}, less than ${least}`);
    else reportAt(path, `${text}, more than ${most === 0o777 ? '0777' : most}`);
  },
);
