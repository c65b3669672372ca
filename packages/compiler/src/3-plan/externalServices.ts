// Services that lead out of the app: ExternalName Services, and Services whose machines belong to other stacks.

import { externalLoadBalancersOf } from '../externalServices.ts';
import { hasSelector, isExternalName, isHeadless, podsSelectedBy } from '../kinds/shared/services.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { Alias, ExternalService, Protocol } from '../plan.ts';

export const aliases = (manifests: Manifests): readonly Alias[] =>
  manifests.of('Service').flatMap(({ ref, object: { spec } }) =>
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

/** Services that select nothing in the input. The context says which load balancers of other stacks they mean. */
export const externalServices = (manifests: Manifests, options: CompileOptions): readonly ExternalService[] =>
  manifests.of('Service').flatMap((service) => {
    const { ref, object } = service;
    if (isExternalName(object) || !hasSelector(object) || podsSelectedBy(service, manifests).length > 0) return [];
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
