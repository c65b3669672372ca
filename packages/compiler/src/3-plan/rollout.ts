// Rolling update of a workload's machines: rounding of maxSurge and maxUnavailable. Source: ResolveFenceposts in
// k8s.io/kubernetes/pkg/controller/deployment/util/deployment_util.go.
import type { DeploymentStrategy, IntOrString } from '../generated/kubernetes.ts';
import { allowedDisruptions, budgetsOf } from '../kinds/shared/disruptions.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { MAX_JOB_SECONDS } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Rollout } from '../plan.ts';

/** @param replicas machines; of an autoscaled workload, the minimum */
export function rolloutOf(pod: WorkloadPod, replicas: number, manifests: Manifests): Rollout {
  const { manifest, spec } = pod;
  const budgets = budgetsOf(pod, manifests).map((budget) => allowedDisruptions(budget, replicas));
  // Ordinals of a StatefulSet are replaced one after the other in any case.
  const budget =
    budgets.length === 0 || pod.runsToCompletion || manifest.kind === 'StatefulSet' ? undefined : Math.min(...budgets);
  const { strategy, minReadySeconds, deadlineSeconds } = rolloutSettingsOf(pod);
  return {
    origin: { object: manifest.ref, path: ['spec', manifest.kind === 'StatefulSet' ? 'updateStrategy' : 'strategy'] },
    ...withinBudget(budget, fenceposts(strategy, replicas)),
    ...(budget === undefined ? {} : { disruptionBudget: budget }),
    minReadySeconds,
    deadlineSeconds,
    graceSeconds: spec.terminationGracePeriodSeconds,
    ...(isOnDelete(manifest) ? { onDelete: true } : {}),
  };
}

/** `OnDelete`: machines are replaced by hand only. */
const isOnDelete = (manifest: Manifest): boolean =>
  manifest.kind === 'StatefulSet' &&
  (manifest as Manifest<'StatefulSet'>).object.spec.updateStrategy.type === 'OnDelete';

/** A budget lowers maxUnavailable, unless no machine could be replaced then: budgets limit evictions, not rollouts. */
function withinBudget(budget: number | undefined, { maxSurge, maxUnavailable }: Fenceposts): Fenceposts {
  const lowered = Math.min(maxUnavailable, budget ?? maxUnavailable);
  return { maxSurge, maxUnavailable: lowered + maxSurge === 0 ? maxUnavailable : lowered };
}

type Fenceposts = Pick<Rollout, 'maxSurge' | 'maxUnavailable'>;

interface RolloutSettings {
  readonly strategy: DeploymentStrategy;
  readonly minReadySeconds: number;
  readonly deadlineSeconds: number;
}

/** Defaults of a Deployment. */
const defaultSettings: RolloutSettings = {
  strategy: { type: 'RollingUpdate' },
  minReadySeconds: 0,
  deadlineSeconds: 600,
};

function rolloutSettingsOf({ manifest, runsToCompletion, spec }: WorkloadPod): RolloutSettings {
  if (runsToCompletion)
    return { ...defaultSettings, deadlineSeconds: jobDeadlineSeconds(manifest, spec.activeDeadlineSeconds) };
  if (manifest.kind === 'Deployment') {
    const { strategy, minReadySeconds = 0, progressDeadlineSeconds } = (manifest as Manifest<'Deployment'>).object.spec;
    return { strategy, minReadySeconds, deadlineSeconds: progressDeadlineSeconds };
  }
  // Two pods never have the same name at the same time.
  if (manifest.kind === 'Pod') return { ...defaultSettings, strategy: { type: 'Recreate' } };
  const { minReadySeconds = 0 } = (manifest as Manifest<'ReplicaSet' | 'ReplicationController' | 'StatefulSet'>).object
    .spec;
  return { ...defaultSettings, minReadySeconds };
}

/** Time limit of a run: all attempts of a Job, or one attempt of a Pod. */
function jobDeadlineSeconds(manifest: Manifest, ofPod = MAX_JOB_SECONDS): number {
  if (manifest.kind === 'Job')
    return Math.max(1, (manifest as Manifest<'Job'>).object.spec.activeDeadlineSeconds ?? MAX_JOB_SECONDS);
  if (manifest.kind !== 'CronJob') return Math.max(1, ofPod);
  return Math.max(
    1,
    (manifest as Manifest<'CronJob'>).object.spec.jobTemplate.spec.activeDeadlineSeconds ?? cronJobDeadlineSeconds,
  );
}

/** No stack waits for a CronJob, but a hung machine must end some time. */
const cronJobDeadlineSeconds = 7 * 24 * 3600;

function fenceposts(strategy: DeploymentStrategy, replicas: number): Fenceposts {
  if (strategy.type === 'Recreate') return { maxSurge: 0, maxUnavailable: replicas };
  const maxSurge = absoluteCount(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil);
  const maxUnavailable = Math.min(
    replicas,
    absoluteCount(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, Math.floor),
  );
  // Both may round to 0; Kubernetes then allows one machine to be unavailable.
  return { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? Math.min(1, replicas) : maxUnavailable };
}

function absoluteCount(value: IntOrString, replicas: number, round: (of: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * replicas) / 100);
}
