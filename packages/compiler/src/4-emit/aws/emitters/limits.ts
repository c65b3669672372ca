// Checks security group rules and tags against AWS's limits.

import { type Finding, objectName } from '../../../diagnostic.ts';
import type {
  Endpoint,
  EndpointPort,
  LoadBalancer,
  MachineGroup,
  NetworkEgressRule,
  NetworkPeers,
  Origin,
} from '../../../plan.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { loadBalancerIngressRules } from '../securityGroupRules.ts';
import { tagQuotas, tags } from '../tags.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules per security group, inbound or outbound. */
const maxRules = 60;
const warnFrom = 0.8 * maxRules;
/** Rules that are counted exactly. The product of policies, peers and ports may be any number. */
const maxCounted = 100 * maxRules;

/** Rules in total, beyond which nothing is emitted: each rule to a group is a resource, of which a stack has 500. */
const maxEmitted = 5_000;

export interface RuleLimits {
  readonly findings: readonly Finding[];
  /** False if there are so many rules that emitting them would take long, and be in vain. */
  readonly emittable: boolean;
}

/** Security groups with too many rules. */
export function ruleLimits(context: EmitContext): RuleLimits {
  const ofMachines = context.workloads.flatMap((group) => {
    const { origin } = group;
    const name = objectName(origin.object);
    return [
      { name, origin, rules: inboundRules(context, group) },
      { name: `${name}, outwards,`, origin, rules: outboundRules(context, group) },
    ];
  });
  const emittable = ofMachines.reduce((sum, { rules }) => sum + rules, 0) <= maxEmitted;
  // The rules of machines are repeated at each load balancer in front of them.
  const ofBalancers = (emittable ? context.plan.loadBalancers : []).map((balancer) => ({
    name: `load balancer ${balancer.key}`,
    origin: balancer.origin,
    rules: balancerRules(context, balancer),
  }));
  return {
    emittable,
    findings: [...ofMachines, ...ofBalancers].flatMap(({ name, origin, rules }) => ruleFinding(name, origin, rules)),
  };
}

/** Each declared port once per peer, each port of a load balancer, and its health check. */
const inboundRules = (context: EmitContext, group: MachineGroup): number =>
  (group.ingressRules === undefined
    ? group.ports.length
    : countDistinct(group.ingressRules, (rule) => policyRuleKeys(context, rule))) +
  context.endpointsOf(group).reduce((sum, { ports }) => sum + ports.length + 1, 0);

/** The agent's own rule, and those of policies. */
const outboundRules = (context: EmitContext, { egressRules = [] }: Pick<MachineGroup, 'egressRules'>): number =>
  1 + countDistinct(egressRules, (rule) => policyRuleKeys(context, rule));

const balancerRules = (context: EmitContext, balancer: LoadBalancer): number =>
  context
    .endpointsOn(balancer)
    .reduce(
      (sum, endpoint) =>
        sum +
        endpoint.ports.reduce((all, port) => all + port.listenerPorts.length * sourceCount(context, endpoint, port), 0),
      0,
    );

/** Number of sources allowed at a port of a load balancer. */
function sourceCount(context: EmitContext, endpoint: Endpoint, { targetPort }: EndpointPort): number {
  const rules = loadBalancerIngressRules(context, endpoint, targetPort);
  return rules === undefined
    ? Math.max(1, endpoint.sourceRanges.length)
    : countDistinct(rules, ({ peers }) => peerKeys(context, peers));
}

function* policyRuleKeys(context: EmitContext, { peers, ports }: NetworkEgressRule): Generator<string> {
  const ranges = ports === undefined ? ['all'] : ports.map(({ protocol, from, to }) => `${protocol} ${from} ${to}`);
  for (const peer of peerKeys(context, peers)) for (const range of ranges) yield `${peer} ${range}`;
}

/** All ordinals of a StatefulSet share one security group. */
function* peerKeys(context: EmitContext, peers: NetworkPeers): Generator<string> {
  if (peers.kind === 'addresses') yield* peers.cidrs;
  else if (peers.kind === 'groups') for (const key of peers.groups) yield objectName(context.group(key).origin.object);
  else yield peers.kind;
}

/** The number of distinct keys; beyond `maxCounted`, that number. */
function countDistinct<T>(items: readonly T[], keysOf: (item: T) => Iterable<string>): number {
  const found = new Set<string>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      found.add(key);
      if (found.size >= maxCounted) return maxCounted;
    }
  }
  return found.size;
}

const ruleFinding = (name: string, { object, path }: Origin, rules: number): readonly Finding[] =>
  rules < warnFrom
    ? []
    : [
        {
          code: 'I2K607',
          severity: rules > maxRules ? 'error' : 'warning',
          message: `the security group of ${name} has ${rules < maxCounted ? rules : `${maxCounted} or more`} rules; AWS takes ${maxRules}`,
          object,
          path,
          hint: 'Use fewer ports or fewer source ranges, or give the Service its own load balancer (`i2kit.dev/load-balancer: own`).',
        },
      ];

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
