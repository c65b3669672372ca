// Whether a rollout of a workload brings machines before it takes others away.
import type { Manifest } from '../../manifest.ts';
import type { PodOf } from './pods.ts';

export function surges({ manifest, spec }: PodOf): boolean {
  if (manifest.kind === 'Pod' || manifest.kind === 'StatefulSet') return false;
  // A disk is let go before another machine can have it.
  if ((spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)) return false;
  if (manifest.kind !== 'Deployment') return true;
  const { type, rollingUpdate } = (manifest as Manifest<'Deployment'>).object.spec.strategy;
  const surge = rollingUpdate?.maxSurge ?? '25%';
  return type === 'RollingUpdate' && (typeof surge === 'number' ? surge > 0 : Number.parseInt(surge, 10) > 0);
}
