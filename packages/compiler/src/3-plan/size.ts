// How many machines an object asks for.

import { autoscalerOf } from '../kinds/shared/autoscalers.ts';
import type { PodOf } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { Sized } from '../plan.ts';

/** Of what runs to its end: how many are to succeed; none while it is suspended. */
export function sizeOf({ manifest, path, replicas, ends }: PodOf, all: Manifests): Sized {
  const { ref } = manifest;
  const autoscaler = autoscalerOf(manifest, all);
  if (autoscaler) return { origin: { object: ref, path: [] }, count: autoscaler.object.spec.minReplicas };
  if (manifest.kind === 'Pod') return { origin: { object: ref, path: [] }, count: replicas };
  const spec = path.slice(0, -2);
  const suspended = manifest.kind === 'Job' && (manifest as Manifest<'Job'>).object.spec.suspend === true;
  return { origin: { object: ref, path: [...spec, ends ? 'completions' : 'replicas'] }, count: suspended ? 0 : replicas };
}
