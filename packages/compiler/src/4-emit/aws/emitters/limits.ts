// Checks security group rules and tags against AWS's limits.

import { type Finding, objectName } from '../../../diagnostic.ts';
import type { Endpoint, EndpointPort, MachineGroup, NetworkPeers } from '../../../plan.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { loadBalancerIngressRules } from '../securityGroupRules.ts';
import { tagQuotas, tags } from '../tags.ts';

/** Number of sources allowed at a port of a load balancer. */
function sourceCount(context: EmitContext, endpoint: Endpoint, { targetPort }: EndpointPort): number {
  const rules = loadBalancerIngressRules(context, endpoint, targetPort);
  return rules === undefined
    ? Math.max(1, endpoint.sourceRanges.length)
    : rules.reduce((sum, { peers }) => sum + peerCount(peers), 0);
}

const peerCount = (peers: NetworkPeers): number =>
  peers.kind === 'addresses' ? peers.cidrs.length : peers.kind === 'groups' ? peers.groups.length : 1;

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules per security group, inbound or outbound. */
const maxRules = 60;
const warnFrom = 0.8 * maxRules;

export const ruleLimits: Emitter = (context) => ({
  findings: [
    ...context.workloads.map((group) => ({
      name: objectName(group.origin.object),
      origin: group.origin,
      // Each declared port once per peer, each port of a load balancer, and its health check.
      rules:
        (group.ingressRules?.reduce((sum, { peers, ports }) => sum + ports.length * peerCount(peers), 0) ??
          group.ports.length) + context.endpointsOf(group).reduce((sum, { ports }) => sum + ports.length + 1, 0),
    })),
    ...context.workloads.map((group) => ({
      name: `${objectName(group.origin.object)}, outwards,`,
      origin: group.origin,
      rules: (group.egressRules ?? []).reduce(
        (sum, { peers, ports }) => sum + (ports?.length ?? 1) * peerCount(peers),
        1,
      ),
    })),
    ...context.plan.loadBalancers.map((balancer) => ({
      name: `load balancer ${balancer.key}`,
      origin: balancer.origin,
      rules: context
        .endpointsOn(balancer)
        .reduce(
          (sum, endpoint) =>
            sum +
            endpoint.ports.reduce(
              (all, port) => all + port.listenerPorts.length * sourceCount(context, endpoint, port),
              0,
            ),
          0,
        ),
    })),
  ].flatMap(({ name, origin, rules }): readonly Finding[] =>
    rules < warnFrom
      ? []
      : [
          {
            code: 'I2K607',
            severity: rules > maxRules ? 'error' : 'warning',
            message: `the security group of ${name} has ${rules} rules; AWS takes ${maxRules}`,
            object: origin.object,
            path: origin.path,
            hint: 'Use fewer ports or fewer source ranges, or give the Service its own load balancer (`i2kit.dev/load-balancer: own`).',
          },
        ],
  ),
});

/** Labels as tags. */
export const tagLimits: Emitter = (context) => ({
  findings: context.workloads.flatMap((group) => tagFindings(context, group)),
});

function tagFindings(context: EmitContext, group: MachineGroup): readonly Finding[] {
  const object = group.origin.object;
  const path = ['spec', 'template', 'metadata', 'labels'];
  const labels = Object.keys(group.labels);
  // `Name` is one of i2kit's tags, too.
  const room = tagQuotas.tags - tags(context, group.origin).length - 1;
  const long = labels.filter((label) => `k8s:${label}`.length > tagQuotas.key);
  return [
    ...long.map(
      (label): Finding => ({
        code: 'I2K609',
        message: `the label ${label} becomes a tag of ${`k8s:${label}`.length} characters; AWS takes ${tagQuotas.key}`,
        object,
        path: [...path, label],
        atKey: true,
      }),
    ),
    ...(labels.length > room
      ? [
          {
            code: 'I2K608',
            message: `${labels.length} labels become tags but only ${room} fit; the last ${labels.length - room} are left out`,
            object,
            path,
          } as const,
        ]
      : []),
  ];
}
