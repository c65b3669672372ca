// Numbers that have a range, as Kubernetes' validation has it (k8s.io/kubernetes/pkg/apis/{core,apps}/validation).
import type { Kind } from '../../kinds/kind.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { type Rule, type Say, sayOf } from '../rule.ts';
import { trieOf, walk } from '../trie.ts';

type Range = readonly [least: number, most: number];

const MOST = 2 ** 31 - 1;
const zero: Range = [0, MOST];
const one: Range = [1, MOST];
const mode: Range = [0, 0o777];

const under = (prefixes: readonly string[], table: Readonly<Record<string, Range>>) =>
  Object.fromEntries(prefixes.flatMap((prefix) => Object.entries(table).map(([path, range]) => [`${prefix}.${path}`, range])));

const containers = ['containers[]', 'initContainers[]'];
const probes = containers.flatMap((container) =>
  ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => `${container}.${probe}`),
);

const pod = trieOf<Range>({
  terminationGracePeriodSeconds: [0, Number.MAX_SAFE_INTEGER],
  activeDeadlineSeconds: one,
  ...under(probes, {
    initialDelaySeconds: zero,
    periodSeconds: one,
    timeoutSeconds: one,
    successThreshold: one,
    failureThreshold: one,
    terminationGracePeriodSeconds: one,
  }),
  ...under([...containers.map((container) => `${container}.securityContext`), 'securityContext'], { runAsUser: zero, runAsGroup: zero }),
  'securityContext.fsGroup': zero,
  'securityContext.supplementalGroups[]': zero,
  ...under(
    ['configMap', 'secret', 'downwardAPI', 'projected'].map((source) => `volumes[].${source}`),
    { defaultMode: mode },
  ),
  ...under(
    [
      'configMap',
      'secret',
      'downwardAPI',
      'projected.sources[].configMap',
      'projected.sources[].secret',
      'projected.sources[].downwardAPI',
    ].map((source) => `volumes[].${source}.items[]`),
    { mode },
  ),
  ...under(
    [
      'nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[]',
      'podAffinity.preferredDuringSchedulingIgnoredDuringExecution[]',
      'podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[]',
    ].map((affinity) => `affinity.${affinity}`),
    { weight: [1, 100] },
  ),
  'topologySpreadConstraints[].maxSkew': one,
  'topologySpreadConstraints[].minDomains': one,
});

const deployment = trieOf<Range>({
  'spec.replicas': zero,
  'spec.minReadySeconds': zero,
  'spec.revisionHistoryLimit': zero,
  'spec.progressDeadlineSeconds': zero,
});

const replicas = trieOf<Range>({ 'spec.replicas': zero, 'spec.minReadySeconds': zero });

const jobSpec = { parallelism: zero, completions: zero, activeDeadlineSeconds: zero, backoffLimit: zero, ttlSecondsAfterFinished: zero };

const job = trieOf<Range>(under(['spec'], jobSpec));

const cronJob = trieOf<Range>({
  ...under(['spec.jobTemplate.spec'], jobSpec),
  ...under(['spec'], { startingDeadlineSeconds: zero, failedJobsHistoryLimit: zero, successfulJobsHistoryLimit: zero }),
});

const statefulSet = trieOf<Range>({
  'spec.replicas': zero,
  'spec.minReadySeconds': zero,
  'spec.ordinals.start': zero,
  'spec.updateStrategy.rollingUpdate.partition': zero,
});

const service = trieOf<Range>({
  'spec.sessionAffinityConfig.clientIP.timeoutSeconds': [1, 86400],
  'spec.healthCheckNodePort': [0, 65535],
});

const byKind: { readonly [K in Kind]?: ReturnType<typeof trieOf<Range>> } = {
  CronJob: cronJob,
  Deployment: deployment,
  Job: job,
  ReplicaSet: replicas,
  ReplicationController: replicas,
  Service: service,
  StatefulSet: statefulSet,
};

const check =
  (say: Say) =>
  ([least, most]: Range, value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'number' || (value >= least && value <= most)) return;
    // The numbers of a list are called by the list's name.
    const name = path.findLast((step) => typeof step === 'string');
    const text = most === 0o777 ? `${name} is 0${value.toString(8)}` : `${name} is ${value}`;
    if (value < least) say(path, `${text}, less than ${least}`);
    else say(path, `${text}, more than ${most === 0o777 ? '0777' : most}`);
  };

export const ranges: Rule = {
  codes: ['I2K318'],
  check(all, report) {
    for (const { manifest, spec, path } of podsOf(all)) walk(pod, spec, path, check(sayOf(manifest, 'I2K318', report)));
    for (const manifest of all.all) {
      const table = byKind[manifest.kind];
      if (table !== undefined) walk(table, manifest.object, [], check(sayOf(manifest, 'I2K318', report)));
    }
  },
};
