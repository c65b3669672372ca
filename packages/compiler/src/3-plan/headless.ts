// Headless Service -> a name for the machines' own addresses.
import { objectName } from '../diagnostic.ts';
import { hasSelector, isHeadless, selectedBy } from '../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { HeadlessName } from '../plan.ts';
import { groupKeys } from './machines.ts';
import { endpointPort } from './service.ts';

export const headlessNames = (all: Manifests): readonly HeadlessName[] =>
  all.of('Service').flatMap((service) => {
    const { ref, object } = service;
    const pods = isHeadless(object) ? selectedBy(service, all) : [];
    const backends = groupKeys(pods);
    if (backends.length === 0) return [];
    return [
      {
        origin: { object: ref, path: [] },
        key: objectName(ref),
        namespace: ref.namespace,
        name: ref.name,
        backends,
        ports: (object.spec.ports ?? []).map((port, position) => endpointPort(service, port, position, pods)),
        notReady: object.spec.publishNotReadyAddresses === true,
      },
    ];
  });

/** The headless Service below whose name a StatefulSet's machines have theirs; undefined where the input has none that selects them. */
export function governing({ ref, object }: Manifest<'StatefulSet'>, all: Manifests): string | undefined {
  const service = all.get('Service', ref.namespace, object.spec.serviceName ?? '');
  if (service === undefined || !isHeadless(service.object) || !hasSelector(service.object)) return undefined;
  return selectedBy(service, all).some(({ manifest }) => manifest.ref === ref) ? service.ref.name : undefined;
}
