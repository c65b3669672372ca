// Secrets that a pod needs at boot, with the places that refer to them.
import type { ObjectRef } from '../../diagnostic.ts';
import type { PodTemplateSpec } from '../../generated/kubernetes.ts';
import type { Kind } from '../../kinds/index.ts';
import { configReferencesOf } from '../../kinds/shared/configReferences.ts';
import { podOf } from '../../kinds/shared/pods.ts';
import type { Manifests } from '../../manifest.ts';
import type { SecretRef } from '../../plan.ts';
import { unreachable } from './scope.ts';

/** The object that a pod comes from. */
export type Owner = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>;

/** Each secret once, sorted by name, with its first reference; optional only if all references are. */
export function secretRefsOf(template: PodTemplateSpec, owner: Owner, manifests: Manifests): readonly SecretRef[] {
  const manifest = manifests.get(owner.kind as Kind, owner.namespace, owner.name);
  const pod = manifest && podOf(manifest);
  if (pod === undefined) return unreachable(`the owner of a pod, ${owner.kind} ${owner.namespace}/${owner.name}`);
  const references = configReferencesOf({ ...pod, template, spec: template.spec }).filter(
    ({ kind }) => kind === 'Secret',
  );
  const names = [...new Set(references.map(({ name }) => name))].sort();
  return names.map((name) => {
    const places = references.filter((reference) => reference.name === name);
    const origin = { object: pod.manifest.ref, path: places[0]?.path ?? pod.path };
    return { origin, namespace: owner.namespace, name, optional: places.every(({ optional }) => optional) };
  });
}
