// Services that lead out of the app: names for other names (ExternalName), and Services whose machines are in other stacks.

import { externalLoadBalancersOf } from '../externalServices.ts';
import { hasSelector, isExternalName, isHeadless, podsSelectedBy } from '../kinds/shared/services.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { Alias, ExternalService, Protocol } from '../plan.ts';

// A Service of type ExternalName is a name for another name.

export const aliases = (all: Manifests): readonly Alias[] =>
  all.of('Service').flatMap(({ ref, object: { spec } }) =>
    spec.type === 'ExternalName' && spec.externalName !== undefined
      ? [
          {
            origin: { object: ref, path: ['spec', 'externalName'] },
            namespace: ref.namespace,
            name: ref.name,
            target: spec.externalName,
          },
        ]
      : [],
  );

// Services that select nothing in the input: what they lead to is in other stacks, and the context says where.

export const externalServices = (all: Manifests, options: CompileOptions): readonly ExternalService[] =>
  all.of('Service').flatMap((service) => {
    const { ref, object } = service;
    if (isExternalName(object) || !hasSelector(object) || podsSelectedBy(service, all).length > 0) return [];
    return [
      {
        origin: { object: ref, path: ['spec', 'selector'] },
        namespace: ref.namespace,
        name: ref.name,
        selector: object.spec.selector ?? {},
        ports: (object.spec.ports ?? []).map(({ port, protocol }) => ({ port, protocol: protocol as Protocol })),
        headless: isHeadless(object),
        loadBalancers: isHeadless(object) ? [] : externalLoadBalancersOf(options, ref),
      },
    ];
  });
