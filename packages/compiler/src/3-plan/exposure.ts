// A workload with container ports that no Service selects is reachable all the same, under its own name.
import { annotation } from '../annotations/index.ts';
import { type PodOf, podsOf } from '../kinds/shared/pods.ts';
import { selectedBy } from '../kinds/shared/services.ts';
import type { Manifests } from '../manifest.ts';
import type { Config } from '../options.ts';
import type { EndpointPort } from '../plan.ts';
import { groupKeys } from './machines.ts';
import { declaredPorts } from './openPorts.ts';
import type { Draft } from './service.ts';

export function exposures(all: Manifests, config: Config = {}): readonly Draft[] {
  const selected = new Set(all.of('Service').flatMap((service) => selectedBy(service, all).map(({ key }) => key)));
  // Where a Service has the name, the Service has it.
  const named = new Set(all.of('Service').map(({ ref }) => `${ref.namespace}/${ref.name}`));
  return podsOf(all).flatMap((pod) => {
    const backends = groupKeys([pod]);
    if (pod.ends || backends.length === 0) return [];
    const { namespace, name } = pod.manifest.ref;
    const expose = annotation(pod.manifest, 'i2kit.dev/expose') ?? usual(pod, selected);
    const ports = declaredPorts(pod).map(endpointPort);
    return expose === 'none' || ports.length === 0 || named.has(`${namespace}/${name}`) ? [] : [draft(pod, ports, expose, config)];
  });
}

/** A StatefulSet's machines have names of their own. */
const usual = ({ manifest, key }: PodOf, selected: ReadonlySet<string>) =>
  selected.has(key) || manifest.kind === 'StatefulSet' ? 'none' : 'internal';

const draft = (pod: PodOf, ports: readonly EndpointPort[], visibility: Draft['visibility'], { via }: Config): Draft => ({
  origin: { object: pod.manifest.ref, path: [] },
  key: pod.key,
  namespace: pod.namespace,
  name: pod.manifest.ref.name,
  backends: groupKeys([pod]),
  ports,
  sticky: false,
  preserveClientAddress: false,
  sources: [],
  publicName: visibility === 'public',
  // Nothing says that its ports speak HTTP, so that they are not reached by host.
  via: visibility === 'internal' && via === 'dns' ? 'dns' : 'nlb',
  visibility,
  placement: visibility === 'public' ? 'own' : 'shared',
  crossZone: true,
});

const endpointPort = ({ origin, name, protocol, port }: ReturnType<typeof declaredPorts>[number]): EndpointPort => ({
  origin,
  ...(name === undefined ? {} : { name }),
  protocol,
  port,
  listeners: [port],
  targetPort: port,
});
