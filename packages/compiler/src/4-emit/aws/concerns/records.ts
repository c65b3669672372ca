// AWS::Route53::RecordSet: the names that users type, in the environment's private zone and in the public one.

import { isForeign, zoneOf } from '../../../existing.ts';
import type { Endpoint, Router } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { factsOf, privateName, privateRecordId, publicName } from '../wiring.ts';

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

function ofRouter(target: Target, { name, hosts }: Router): readonly (readonly [string, Resource])[] {
  if (inForeignZone(target)) return [];
  const id = ids.router.balancer(name);
  return hosts.flatMap((host) =>
    ['A', 'AAAA'].map(
      (type) =>
        [
          ids.router.record(host.name, type),
          resource('AWS::Route53::RecordSet', {
            Metadata: originOf(host.origin),
            Properties: {
              HostedZoneId: ref(ids.shared.publicZone),
              Name: `${host.name}.`,
              Type: type,
              AliasTarget: {
                DNSName: getAtt(id, 'DNSName'),
                HostedZoneId: getAtt(id, 'CanonicalHostedZoneID'),
                EvaluateTargetHealth: false,
              },
            },
          }),
        ] as const,
    ),
  );
}

function ofEndpoint(target: Target, endpoint: Endpoint): readonly (readonly [string, Resource])[] {
  const { dnsName, hostedZone } = factsOf(target, endpoint);
  const alias = (zone: string, name: string, type: string): Resource =>
    resource('AWS::Route53::RecordSet', {
      Metadata: originOf(endpoint.origin),
      Properties: {
        HostedZoneId: ref(zone),
        Name: name,
        Type: type,
        AliasTarget: {
          DNSName: dnsName,
          HostedZoneId: hostedZone,
          EvaluateTargetHealth: false,
        },
      },
    });
  const outside = inForeignZone(target) ? undefined : publicName(target, endpoint);
  return [
    [privateRecordId(endpoint), alias(ids.shared.privateZone, `${privateName(endpoint)}.`, 'A')],
    ...(outside === undefined
      ? []
      : ['A', 'AAAA'].map((type) => [ids.record('Public', type, endpoint), alias(ids.shared.publicZone, `${outside}.`, type)] as const)),
  ];
}
