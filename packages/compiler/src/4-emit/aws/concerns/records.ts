// AWS::Route53::RecordSet: the names that users type, in the environment's private zone and in the public one.

import { isForeign, zoneOf } from '../../../existing.ts';
import type { Endpoint, Origin, Router } from '../../../plan.ts';
import { type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { type BalancerFacts, factsOf, madeFacts, privateName, privateRecordId, publicName } from '../wiring.ts';

/** Seconds. */
const aliasTtl = '60';

export const records: Concern = (target) => ({
  resources: {
    ...Object.fromEntries(target.plan.endpoints.flatMap((endpoint) => ofEndpoint(target, endpoint))),
    ...Object.fromEntries(target.plan.routers.flatMap((router) => ofRouter(target, router))),
    ...Object.fromEntries(
      target.plan.aliases.map((alias) => [
        ids.record('Private', 'CNAME', alias),
        resource('AWS::Route53::RecordSet', {
          Metadata: originOf(alias.origin),
          Properties: {
            HostedZoneId: ref(ids.shared.privateZone),
            Name: `${privateName(alias)}.`,
            Type: 'CNAME',
            TTL: aliasTtl,
            ResourceRecords: [alias.target],
          },
        }) satisfies Resource,
      ]),
    ),
  },
});

/** Names in a zone of another account are the runner's to write: see `foreignNames`. */
function inForeignZone({ config }: Target): boolean {
  const zone = zoneOf(config.hostedZone);
  return zone !== undefined && isForeign(zone);
}

type Named = readonly [string, Resource];

function alias(origin: Origin, zone: string, name: string, type: string, { dnsName, hostedZone }: BalancerFacts): Resource {
  return resource('AWS::Route53::RecordSet', {
    Metadata: originOf(origin),
    Properties: {
      HostedZoneId: ref(zone),
      Name: `${name}.`,
      Type: type,
      AliasTarget: { DNSName: dnsName, HostedZoneId: hostedZone, EvaluateTargetHealth: false },
    },
  });
}

function ofRouter(target: Target, router: Router): readonly Named[] {
  const leadsTo = madeFacts(ids.router.balancer(router));
  const hosts = inForeignZone(target) ? [] : router.hosts;
  return [
    ...router.services.map(
      (service): Named => [privateRecordId(service), alias(service.origin, ids.shared.privateZone, privateName(service), 'A', leadsTo)],
    ),
    ...hosts.flatMap(({ origin, name }) =>
      ['A', 'AAAA'].map((type): Named => [ids.router.record(name, type), alias(origin, ids.shared.publicZone, name, type, leadsTo)]),
    ),
  ];
}

function ofEndpoint(target: Target, endpoint: Endpoint): readonly Named[] {
  const { origin } = endpoint;
  const leadsTo = factsOf(target, endpoint);
  const outside = inForeignZone(target) ? undefined : publicName(target, endpoint);
  return [
    [privateRecordId(endpoint), alias(origin, ids.shared.privateZone, privateName(endpoint), 'A', leadsTo)],
    ...(outside === undefined
      ? []
      : ['A', 'AAAA'].map(
          (type): Named => [ids.record('Public', type, endpoint), alias(origin, ids.shared.publicZone, outside, type, leadsTo)],
        )),
  ];
}
