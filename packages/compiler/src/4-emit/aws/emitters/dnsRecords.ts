// AWS::Route53::RecordSet: private and public names of Services. Names in a zone of another account go to the
// metadata.

import { hostedZoneOf, isCrossAccountZone } from '../../../existingResources.ts';
import type { Endpoint, ExternalService, Origin, Router } from '../../../plan.ts';
import { join, type Resource, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata, type ResourceEntry } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import {
  createdLoadBalancerRefs,
  endpointLoadBalancerRefs,
  type LoadBalancerRefs,
  privateName,
  privateRecordId,
  publicName,
} from '../resourceRefs.ts';

/** Seconds. */
const aliasTtl = '60';

export const serviceRecords: Emitter = (context) => ({
  resources: {
    ...Object.fromEntries(context.plan.endpoints.flatMap((endpoint) => endpointRecords(context, endpoint))),
    ...Object.fromEntries(context.plan.routers.flatMap((router) => routerRecords(context, router))),
    ...Object.fromEntries(
      context.plan.aliases.map((alias) => [
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

/** The runner writes names in a zone of another account: see `crossAccountNames`. */
function inCrossAccountZone({ config }: EmitContext): boolean {
  const zone = hostedZoneOf(config.hostedZone);
  return zone !== undefined && isCrossAccountZone(zone);
}

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

function routerRecords(context: EmitContext, router: Router): readonly ResourceEntry[] {
  const leadsTo = createdLoadBalancerRefs(ids.router.loadBalancer(router));
  const hosts = inCrossAccountZone(context) ? [] : router.hosts;
  return [
    ...router.services.map(
      (service): ResourceEntry => [
        privateRecordId(service),
        aliasRecord(service.origin, ids.environmentParameter.privateZone, privateName(service), 'A', leadsTo),
      ],
    ),
    ...hosts.flatMap(({ origin, name }) =>
      ['A', 'AAAA'].map(
        (type): ResourceEntry => [
          ids.router.record(name, type),
          aliasRecord(origin, ids.environmentParameter.publicZone, name, type, leadsTo),
        ],
      ),
    ),
  ];
}

function endpointRecords(context: EmitContext, endpoint: Endpoint): readonly ResourceEntry[] {
  const { origin } = endpoint;
  const leadsTo = endpointLoadBalancerRefs(context, endpoint);
  const outside = inCrossAccountZone(context) ? undefined : publicName(context, endpoint);
  return [
    [
      privateRecordId(endpoint),
      aliasRecord(origin, ids.environmentParameter.privateZone, privateName(endpoint), 'A', leadsTo),
    ],
    ...(outside === undefined
      ? []
      : ['A', 'AAAA'].map(
          (type): ResourceEntry => [
            ids.record('Public', type, endpoint),
            aliasRecord(origin, ids.environmentParameter.publicZone, outside, type, leadsTo),
          ],
        )),
  ];
}

/** Names of Services whose machines belong to other stacks, found by the context. */
export const externalServiceRecords: Emitter = (context) => ({
  resources: Object.fromEntries(context.plan.externalServices.flatMap(weightedRecords)),
});

/** Weighted even if there is one load balancer only, so that a second one can be added. */
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
        // A load balancer without healthy targets passes its share to the others.
        AliasTarget: { DNSName: dnsName, HostedZoneId: zone, EvaluateTargetHealth: true },
      },
    }),
  ]);

/**
 * Public names in a zone of another account: the template lists the records, and the caller writes them with other
 * credentials.
 * Metadata `i2kit:names`: the zone, and by output the name that is its alias. The output's value is the load
 * balancer's DNS name and hosted zone id, separated by a space.
 */
export const crossAccountNames: Emitter = (context) => {
  const zone = hostedZoneOf(context.config.hostedZone);
  if (zone === undefined || !isCrossAccountZone(zone)) return {};
  const ofEndpoints = context.plan.endpoints.flatMap((endpoint) => {
    const name = publicName(context, endpoint);
    return name === undefined
      ? []
      : [{ id: ids.output.alias(endpoint), name, leadsTo: endpointLoadBalancerRefs(context, endpoint) }];
  });
  const ofRouters = context.plan.routers.flatMap((router) =>
    router.hosts.map(({ name }) => ({
      id: ids.output.host(name),
      name,
      leadsTo: createdLoadBalancerRefs(ids.router.loadBalancer(router)),
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
