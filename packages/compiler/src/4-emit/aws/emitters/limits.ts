// Whether security group rules and tags are within AWS's limits.

import { type Finding, objectName } from '../../../diagnostic.ts';
import type { Endpoint, EndpointPort, MachineGroup, NetworkPeers } from '../../../plan.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { loadBalancerIngressRules } from '../securityGroupRules.ts';
import { tagQuotas, tags } from '../tags.ts';

// Whether a security group's rules are within AWS's limit.

/** How many may call a port of a load balancer. */
function sourceCount(target: EmitContext, endpoint: Endpoint, { targetPort }: EndpointPort): number {
  const admitted = loadBalancerIngressRules(target, endpoint, targetPort);
  return admitted === undefined
    ? Math.max(1, endpoint.sourceRanges.length)
    : admitted.reduce((sum, { peers }) => sum + peerCount(peers), 0);
}

const peerCount = (peers: NetworkPeers): number =>
  peers.kind === 'addresses' ? peers.cidrs.length : peers.kind === 'groups' ? peers.groups.length : 1;

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules per security group, inbound or outbound. */
const maxRules = 60;
const warnFrom = 0.8 * maxRules;

export const ruleLimits: Emitter = (target) => ({
  findings: [
    ...target.workloads.map((group) => ({
      name: objectName(group.origin.object),
      origin: group.origin,
      // Each declared port once from the peers; each load balancer's ports, and its health check.
      rules:
        (group.ingressRules?.reduce((sum, { peers, ports }) => sum + ports.length * peerCount(peers), 0) ??
          group.ports.length) + target.endpointsOf(group).reduce((sum, { ports }) => sum + ports.length + 1, 0),
    })),
    ...target.workloads.map((group) => ({
      name: `${objectName(group.origin.object)}, outwards,`,
      origin: group.origin,
      rules: (group.egressRules ?? []).reduce(
        (sum, { peers, ports }) => sum + (ports?.length ?? 1) * peerCount(peers),
        1,
      ),
    })),
    ...target.plan.loadBalancers.map((balancer) => ({
      name: `load balancer ${balancer.key}`,
      origin: balancer.origin,
      rules: target
        .endpointsOn(balancer)
        .reduce(
          (sum, endpoint) =>
            sum +
            endpoint.ports.reduce(
              (all, port) => all + port.listenerPorts.length * sourceCount(target, endpoint, port),
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
            hint: 'fewer ports, fewer source ranges, or a load balancer of its own (`i2kit.dev/load-balancer: own`)',
          },
        ],
  ),
});

// Whether labels fit into tags.

export const tagLimits: Emitter = (target) => ({
  findings: target.workloads.flatMap((group) => tagFindings(target, group)),
});

function tagFindings(target: EmitContext, group: MachineGroup): readonly Finding[] {
  const object = group.origin.object;
  const path = ['spec', 'template', 'metadata', 'labels'];
  const labels = Object.keys(group.labels);
  // `Name` is one of ours, too.
  const room = tagQuotas.tags - tags(target, group.origin).length - 1;
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
            message: `${labels.length} labels become tags and ${room} have room; the last ${labels.length - room} are left out`,
            object,
            path,
          } as const,
        ]
      : []),
  ];
}
