// Public names in a zone of another account: no stack of this account can make them, so the template says what whoever applies it writes there.
import { isForeign, zoneOf } from '../../../existing.ts';
import { join } from '../../../template.ts';
import type { Concern } from '../concern.ts';
import * as ids from '../ids.ts';
import { factsOf, madeFacts, publicName } from '../wiring.ts';

/**
 * Metadata `i2kit:names`: the zone, and by the name of an output the name that is an alias of it. The output's value is the load
 * balancer's DNS name and the zone that it is in, with a space between them.
 */
export const foreignNames: Concern = (target) => {
  const zone = zoneOf(target.config.hostedZone);
  if (zone === undefined || !isForeign(zone)) return {};
  const ofEndpoints = target.plan.endpoints.flatMap((endpoint) => {
    const name = publicName(target, endpoint);
    return name === undefined ? [] : [{ id: ids.output.alias(endpoint), name, leadsTo: factsOf(target, endpoint) }];
  });
  const ofRouters = target.plan.routers.flatMap((router) =>
    router.hosts.map(({ name }) => ({ id: ids.output.host(name), name, leadsTo: madeFacts(ids.router.balancer(router)) })),
  );
  const named = [...ofEndpoints, ...ofRouters];
  const { id, tag, roleArn, profile } = zone;
  return {
    outputs: Object.fromEntries(
      named.map(({ id, name, leadsTo: { dnsName, hostedZone } }) => [
        id,
        { Description: `What ${name} is an alias of`, Value: join(' ', [dnsName, hostedZone]) },
      ]),
    ),
    metadata: {
      'i2kit:names': {
        zone: {
          name: zone.name.replace(/\.$/, ''),
          ...(id === undefined ? {} : { id }),
          ...(tag === undefined ? {} : { tag: { ...tag } }),
          ...(roleArn === undefined ? {} : { roleArn }),
          ...(profile === undefined ? {} : { profile }),
        },
        aliases: Object.fromEntries(named.map(({ id, name }) => [id, name])),
      },
    },
  };
};
