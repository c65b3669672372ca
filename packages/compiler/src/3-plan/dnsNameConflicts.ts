// Checks that every DNS name leads to one object only: Route 53 refuses a second record of the same name and type.
import { objectName, type Report } from '../diagnostic.ts';
import { ordinalName, privateName, publicNameOf } from '../dnsNames.ts';
import type { Config } from '../options.ts';
import type { Origin, Plan } from '../plan.ts';

interface DnsNameUse {
  readonly origin: Origin;
  readonly name: string;
}

export function checkDnsNameConflicts(plan: Plan, config: Config, report: Report): void {
  const first = new Map<string, DnsNameUse>();
  for (const { origin, name } of dnsNameUses(plan, config)) {
    const other = first.get(name.toLowerCase());
    if (other === undefined) first.set(name.toLowerCase(), { origin, name });
    else {
      report({
        code: 'I2K622',
        message: `${name} is already the name of ${objectName(other.origin.object)}`,
        object: origin.object,
        path: origin.path.length === 0 ? ['metadata', 'name'] : origin.path,
        hint: 'Rename one of the two.',
        related: [{ message: 'the other object', object: other.origin.object, path: other.origin.path }],
      });
    }
  }
}

const dnsNameUses = (
  { groups, endpoints, headlessServices: headless, routers, aliases }: Plan,
  config: Config,
): readonly DnsNameUse[] => [
  ...[...endpoints, ...headless, ...routers.flatMap(({ services }) => services), ...aliases].map((named) => ({
    origin: named.origin,
    name: privateName(named),
  })),
  ...groups.flatMap((group) => {
    const name = ordinalName(group);
    return name === undefined ? [] : [{ origin: group.origin, name }];
  }),
  ...endpoints.flatMap((endpoint) => {
    const name = publicNameOf(config, endpoint);
    return name === undefined ? [] : [{ origin: endpoint.origin, name }];
  }),
  ...routers.flatMap(({ hosts }) => hosts),
];
