// How a workload's machines are replaced: percentages rounded as Kubernetes does.
// Source: ResolveFenceposts in k8s.io/kubernetes/pkg/controller/deployment/util/deployment_util.go.
import type { DeploymentStrategy, IntOrString } from '../generated/kubernetes.ts';
import { allowedDisruptions, budgetsOf } from '../kinds/shared/disruptions.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { MAX_JOB_SECONDS } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Rollout } from '../plan.ts';

/** @param replicas of an autoscaled workload, the least */
export function rolloutOf(of: WorkloadPod, replicas: number, all: Manifests): Rollout {
  const { manifest, spec } = of;
  const budgets = budgetsOf(of, all).map((budget) => allowedDisruptions(budget, replicas));
  // The ordinals of a StatefulSet are replaced one after the other anyway.
  const budget =
    budgets.length === 0 || of.runsToCompletion || manifest.kind === 'StatefulSet' ? undefined : Math.min(...budgets);
  const { strategy, minReadySeconds, deadlineSeconds } = rolloutSettingsOf(of);
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

/** `OnDelete`: what runs is replaced by hand. */
const isOnDelete = (manifest: Manifest): boolean =>
  manifest.kind === 'StatefulSet' &&
  (manifest as Manifest<'StatefulSet'>).object.spec.updateStrategy.type === 'OnDelete';

/** A budget takes from what may be missing; where that leaves nothing, machines come before others go (a rule sees to it). */
const withinBudget = (
  budget: number | undefined,
  { surge, unavailable }: { readonly surge: number; readonly unavailable: number },
) => (budget === undefined ? { surge, unavailable } : { surge, unavailable: Math.min(unavailable, budget) });

interface RolloutSettings {
  readonly strategy: DeploymentStrategy;
  readonly minReadySeconds: number;
  readonly deadlineSeconds: number;
}

/** What a Deployment does that says nothing. */
const defaultSettings: RolloutSettings = {
  strategy: { type: 'RollingUpdate' },
  minReadySeconds: 0,
  deadlineSeconds: 600,
};

function rolloutSettingsOf({ manifest, runsToCompletion: ends, spec }: WorkloadPod): RolloutSettings {
  if (ends) return { ...defaultSettings, deadlineSeconds: jobDeadlineSeconds(manifest, spec.activeDeadlineSeconds) };
  if (manifest.kind === 'Deployment') {
    const { strategy, minReadySeconds = 0, progressDeadlineSeconds } = (manifest as Manifest<'Deployment'>).object.spec;
    return { strategy, minReadySeconds, deadlineSeconds: progressDeadlineSeconds };
  }
  // There are never two pods of one name.
  if (manifest.kind === 'Pod') return { ...defaultSettings, strategy: { type: 'Recreate' } };
  const { minReadySeconds = 0 } = (manifest as Manifest<'ReplicaSet' | 'ReplicationController' | 'StatefulSet'>).object
    .spec;
  return { ...defaultSettings, minReadySeconds };
}

/** How long what runs to its end may take: a Job for all of its attempts, a pod for each. */
function jobDeadlineSeconds(manifest: Manifest, ofPod = MAX_JOB_SECONDS): number {
  if (manifest.kind === 'Job')
    return Math.max(1, (manifest as Manifest<'Job'>).object.spec.activeDeadlineSeconds ?? MAX_JOB_SECONDS);
  if (manifest.kind !== 'CronJob') return Math.max(1, ofPod);
  return Math.max(
    1,
    (manifest as Manifest<'CronJob'>).object.spec.jobTemplate.spec.activeDeadlineSeconds ?? cronJobDeadlineSeconds,
  );
}

/** No stack waits for a run of a CronJob, but a machine that hangs must end some day. */
const cronJobDeadlineSeconds = 7 * 24 * 3600;

function fenceposts(strategy: DeploymentStrategy, replicas: number) {
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas };
  const surge = absoluteCount(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil);
  const unavailable = Math.min(
    replicas,
    absoluteCount(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, Math.floor),
  );
  // Both may round to nothing; Kubernetes then lets one machine be missing.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? Math.min(1, replicas) : unavailable };
}

function absoluteCount(value: IntOrString, replicas: number, round: (of: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * replicas) / 100);
}
