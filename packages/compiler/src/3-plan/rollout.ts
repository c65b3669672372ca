// How a Deployment's machines are replaced: percentages rounded as Kubernetes does.
// Source: ResolveFenceposts in k8s.io/kubernetes/pkg/controller/deployment/util/deployment_util.go.
import type { IntOrString } from '../generated/kubernetes.ts';
import type { Manifest } from '../manifest.ts';
import type { Rollout } from '../plan.ts';

export function rollout({ ref, object: { spec } }: Manifest<'Deployment'>): Rollout {
  return {
    origin: { object: ref, path: ['spec', 'strategy'] },
    ...machines(spec.strategy, spec.replicas),
    minReadySeconds: spec.minReadySeconds ?? 0,
    deadlineSeconds: spec.progressDeadlineSeconds,
    graceSeconds: spec.template.spec.terminationGracePeriodSeconds,
  };
}

function machines(strategy: Manifest<'Deployment'>['object']['spec']['strategy'], replicas: number) {
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas };
  const surge = absolute(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil);
  const unavailable = Math.min(replicas, absolute(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, Math.floor));
  // Both may round to nothing; Kubernetes then lets one machine be missing.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? Math.min(1, replicas) : unavailable };
}

function absolute(value: IntOrString, replicas: number, round: (of: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * replicas) / 100);
}
