// AWS::Route53::RecordSet: names of Services in the environment's private zone and in the public one; names in a zone of another account go to the metadata.

import { hostedZoneOf, isCrossAccountZone } from '../../../existingResources.ts';
import type { Endpoint, ExternalService, Origin, Router } from '../../../plan.ts';
import { join, type Resource, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import {
  createdLoadBalancerRefs,
  endpointLoadBalancerRefs,
  type LoadBalancerRefs,
  privateName,
  privateRecordId,
  publicName,
} from '../resourceRefs.ts';

// AWS::Route53::RecordSet: the names that users type, in the environment's private zone and in the public one.

/** Seconds. */
const aliasTtl = '60';

export const serviceRecords: Emitter = (target) => ({
  resources: {
    ...Object.fromEntries(target.plan.endpoints.flatMap((endpoint) => endpointRecords(target, endpoint))),
    ...Object.fromEntries(target.plan.routers.flatMap((router) => routerRecords(target, router))),
    ...Object.fromEntries(
      target.plan.aliases.map((alias) => [
        ids.record('Private', 'CNAME', alias),
        resource('AWS::Route53::RecordSet', {
          Metadata: originMetadata(alias.origin),
          Properties: {
            HostedZoneId: ref(ids.environmentParameter.privateZone),
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
function inCrossAccountZone({ config }: EmitContext): boolean {
  const zone = hostedZoneOf(config.hostedZone);
  return zone !== undefined && isCrossAccountZone(zone);
}

type NamedRecord = readonly [string, Resource];

function aliasRecord(
  origin: Origin,
  zone: string,
  name: string,
  type: string,
  { dnsName, hostedZone }: LoadBalancerRefs,
): Resource {
  return resource('AWS::Route53::RecordSet', {
    Metadata: originMetadata(origin),
    Properties: {
      HostedZoneId: ref(zone),
      Name: `${name}.`,
      Type: type,
      AliasTarget: { DNSName: dnsName, HostedZoneId: hostedZone, EvaluateTargetHealth: false },
    },
  });
}

function routerRecords(target: EmitContext, router: Router): readonly NamedRecord[] {
  const leadsTo = createdLoadBalancerRefs(ids.router.balancer(router));
  const hosts = inCrossAccountZone(target) ? [] : router.hosts;
  return [
    ...router.services.map(
      (service): NamedRecord => [
        privateRecordId(service),
        aliasRecord(service.origin, ids.environmentParameter.privateZone, privateName(service), 'A', leadsTo),
      ],
    ),
    ...hosts.flatMap(({ origin, name }) =>
      ['A', 'AAAA'].map(
        (type): NamedRecord => [
          ids.router.record(name, type),
          aliasRecord(origin, ids.environmentParameter.publicZone, name, type, leadsTo),
        ],
      ),
    ),
  ];
}

function endpointRecords(target: EmitContext, endpoint: Endpoint): readonly NamedRecord[] {
  const { origin } = endpoint;
  const leadsTo = endpointLoadBalancerRefs(target, endpoint);
  const outside = inCrossAccountZone(target) ? undefined : publicName(target, endpoint);
  return [
    [
      privateRecordId(endpoint),
      aliasRecord(origin, ids.environmentParameter.privateZone, privateName(endpoint), 'A', leadsTo),
    ],
    ...(outside === undefined
      ? []
      : ['A', 'AAAA'].map(
          (type): NamedRecord => [
            ids.record('Public', type, endpoint),
            aliasRecord(origin, ids.environmentParameter.publicZone, outside, type, leadsTo),
          ],
        )),
  ];
}

// AWS::Route53::RecordSet: names of Services whose machines are other stacks', which the context has found.

export const externalServiceRecords: Emitter = (target) => ({
  resources: Object.fromEntries(target.plan.externalServices.flatMap(weightedRecords)),
});

/** A share for each load balancer: one alone is weighted, too, so that a second one can join it. */
const weightedRecords = (service: ExternalService): readonly (readonly [string, Resource])[] =>
  service.loadBalancers.map(({ dnsName, zone, weight }) => [
    ids.weightedRecord('Private', 'A', service, dnsName),
    resource('AWS::Route53::RecordSet', {
      Metadata: originMetadata(service.origin),
      Properties: {
        HostedZoneId: ref(ids.environmentParameter.privateZone),
        Name: `${privateName(service)}.`,
        Type: 'A',
        SetIdentifier: dnsName,
        Weight: weight,
        // Where nothing is healthy behind one, the others have its share.
        AliasTarget: { DNSName: dnsName, HostedZoneId: zone, EvaluateTargetHealth: true },
      },
    }),
  ]);

// Public names in a zone of another account: no stack of this account can make them, so the template says what whoever applies it writes there.

/**
 * Metadata `i2kit:names`: the zone, and by the name of an output the name that is an alias of it. The output's value is the load
 * balancer's DNS name and the zone that it is in, with a space between them.
 */
export const crossAccountNames: Emitter = (target) => {
  const zone = hostedZoneOf(target.config.hostedZone);
  if (zone === undefined || !isCrossAccountZone(zone)) return {};
  const ofEndpoints = target.plan.endpoints.flatMap((endpoint) => {
    const name = publicName(target, endpoint);
    return name === undefined
      ? []
      : [{ id: ids.output.alias(endpoint), name, leadsTo: endpointLoadBalancerRefs(target, endpoint) }];
  });
  const ofRouters = target.plan.routers.flatMap((router) =>
    router.hosts.map(({ name }) => ({
      id: ids.output.host(name),
      name,
      leadsTo: createdLoadBalancerRefs(ids.router.balancer(router)),
    })),
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
