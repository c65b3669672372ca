// Services that select nothing in the input: what they lead to is in other stacks, and the context says where.

import { hasSelector, isExternalName, isHeadless, selectedBy } from '../kinds/shared/services.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import { foundFor } from '../outside.ts';
import type { Outside, Protocol } from '../plan.ts';

export const outside = (all: Manifests, options: CompileOptions): readonly Outside[] =>
  all.of('Service').flatMap((service) => {
    const { ref, object } = service;
    if (isExternalName(object) || !hasSelector(object) || selectedBy(service, all).length > 0) return [];
    return [
      {
        origin: { object: ref, path: ['spec', 'selector'] },
        namespace: ref.namespace,
        name: ref.name,
        selector: object.spec.selector ?? {},
        ports: (object.spec.ports ?? []).map(({ port, protocol }) => ({ port, protocol: protocol as Protocol })),
        headless: isHeadless(object),
        balancers: isHeadless(object) ? [] : foundFor(options, ref),
      },
    ];
  });
