// A Service of type ExternalName is a name for another name.
import type { Manifests } from '../manifest.ts';
import type { Alias } from '../plan.ts';

export const aliases = (all: Manifests): readonly Alias[] =>
  all
    .of('Service')
    .flatMap(({ ref, object: { spec } }) =>
      spec.type === 'ExternalName' && spec.externalName !== undefined
        ? [{ origin: { object: ref, path: ['spec', 'externalName'] }, namespace: ref.namespace, name: ref.name, target: spec.externalName }]
        : [],
    );
