// AWS::EC2::SecurityGroup: opens a workload's ports to machines of the environment and to its load balancers, and a
// load balancer's listener ports to its clients.
//
// Rules are inline: the group reads as one list, and a stack holds more workloads. No load balancer's group refers to
// a machine's group, so there is no cycle.
import { agentReadiness } from '@i2kit/common';
import { appRef, objectName } from '../../../diagnostic.ts';
import type {
  Endpoint,
  LoadBalancer,
  MachineGroup,
  NetworkEgressRule,
  NetworkIngressRule,
  Origin,
  PortRange,
  Router,
} from '../../../plan.ts';
import { type Resource, ref, resource, type Value } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { endpointLoadBalancerRefs, existingLoadBalancer, loadBalancerId } from '../resourceRefs.ts';
import { loadBalancerIngressRules, peerCidrs, ruleDescription } from '../securityGroupRules.ts';
import { tags } from '../tags.ts';

export const securityGroups: Emitter = (context) => {
  const { plan, config } = context;
  const groups = context.workloads.map(
    (group) => [ids.machineGroup.securityGroup(group), machineSecurityGroup(context, group)] as const,
  );
  // The owner of an existing load balancer controls its security groups.
  const fronts = plan.loadBalancers
    .filter((balancer) => existingLoadBalancer(context, balancer) === undefined)
    .map(
      (balancer) =>
        [
          ids.loadBalancer.securityGroup(loadBalancerId(balancer)),
          loadBalancerSecurityGroup(context, balancer),
        ] as const,
    );
  const routers = plan.routers.map(
    (router) =>
      [ids.loadBalancer.securityGroup(ids.router.loadBalancer(router)), routerSecurityGroup(context, router)] as const,
  );
  const app =
    config.isolation === 'app' && groups.length > 0
      ? [[ids.environmentParameter.appSecurityGroup, appSecurityGroup(context)] as const]
      : [];
  return { resources: Object.fromEntries([...app, ...groups, ...fronts, ...routers]) };
};

/**
 * Security group of the peers: all machines of the environment, as in a cluster, or those of the app with `isolation:
 * app`.
 */
const peerSecurityGroup = ({ config }: EmitContext) =>
  config.isolation === 'app' ? ids.environmentParameter.appSecurityGroup : ids.environmentParameter.memberSecurityGroup;

type RuleSource =
  | { readonly SourceSecurityGroupId: Value<string> }
  | { readonly CidrIp: string }
  | { readonly CidrIpv6: string };

interface InboundRule {
  readonly source: RuleSource;
  readonly protocol: string;
  readonly port: number;
  /** Last port of a range; default: `port` only. */
  readonly to?: number;
  readonly description: string;
}

const groupSource = (id: Value<string>): RuleSource => ({ SourceSecurityGroupId: id });

function machineSecurityGroup(context: EmitContext, group: MachineGroup): Resource {
  const declared =
    group.ingressRules?.flatMap((rule) => policyInboundRules(context, rule)) ??
    group.ports.map(
      ({ origin, protocol, port }): InboundRule => ({
        source: groupSource(ref(peerSecurityGroup(context))),
        protocol,
        port,
        description: ruleDescription(origin),
      }),
    );
  const balanced = context.endpointsOf(group).flatMap((endpoint): readonly InboundRule[] => {
    return endpointLoadBalancerRefs(context, endpoint).securityGroups.flatMap((id): readonly InboundRule[] => {
      const source = groupSource(id);
      const served = endpoint.ports.flatMap(({ origin, protocol, targetPort }) =>
        protocol
          .split('_')
          .map(
            (one): InboundRule => ({ source, protocol: one, port: targetPort, description: ruleDescription(origin) }),
          ),
      );
      return [...served, { source, protocol: 'TCP', port: agentReadiness.port, description: 'Readiness' }];
    });
  });
  const routed = context.routerBackendsOf(group).flatMap(({ router, backend }): readonly InboundRule[] => {
    const source = groupSource(ref(ids.loadBalancer.securityGroup(ids.router.loadBalancer(router))));
    return [
      { source, protocol: 'TCP', port: backend.targetPort, description: ruleDescription(backend.origin) },
      { source, protocol: 'TCP', port: agentReadiness.port, description: 'Readiness' },
    ];
  });
  const rules = [...declared, ...balanced, ...routed];
  return securityGroupResource(
    context,
    group.origin,
    `Machines of ${objectName(group.origin.object)}`,
    rules,
    outboundRules(context, group),
  );
}

/**
 * Egress rules whose destination is no group; policyRules.ts creates the others. Rules of all groups of a machine add
 * up, so only its own group allows egress.
 */
function outboundRules(context: EmitContext, { egressRules }: MachineGroup): readonly OutboundRule[] {
  if (egressRules === undefined) return allowAllOutbound;
  const found = new Map<string, OutboundRule>([['', agentOutbound]]);
  for (const { origin, peers, ports } of egressRules) {
    for (const to of outboundDestinations(context, peers)) {
      for (const rule of ports === undefined ? [{ IpProtocol: '-1' }] : ports.map(portRangeProperties)) {
        const key = JSON.stringify([to, rule]);
        if (!found.has(key)) found.set(key, { ...rule, ...to, Description: ruleDescription(origin) });
      }
    }
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

interface OutboundRule {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly DestinationSecurityGroupId?: Value<string>;
  readonly Description: string;
}

const allowAllOutbound: readonly OutboundRule[] = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'Out' }];
/**
 * EC2 allows all egress if there is no rule;
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
const denyAllOutbound: readonly OutboundRule[] = [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' }];
/** DNS, NTP and instance metadata are not filtered. The agent calls AWS endpoints, whose addresses are unknown. */
const agentOutbound: OutboundRule = {
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  CidrIp: '0.0.0.0/0',
  Description: 'AWS, which the agent calls',
};

const portRangeProperties = ({ protocol, from, to }: PortRange) => ({
  IpProtocol: protocol.toLowerCase(),
  FromPort: from,
  ToPort: to,
});

function outboundDestinations(
  context: EmitContext,
  peers: NetworkEgressRule['peers'],
): readonly Pick<OutboundRule, 'CidrIp' | 'DestinationSecurityGroupId'>[] {
  if (peers.kind === 'everyone') return [{ CidrIp: '0.0.0.0/0' }];
  if (peers.kind === 'environment') return [{ DestinationSecurityGroupId: ref(peerSecurityGroup(context)) }];
  return peers.kind === 'addresses' ? peers.cidrs.map((CidrIp) => ({ CidrIp })) : [];
}

function loadBalancerSecurityGroup(context: EmitContext, balancer: LoadBalancer): Resource {
  const rules = context
    .endpointsOn(balancer)
    .flatMap((endpoint) =>
      endpoint.ports.flatMap(({ origin, protocol, listenerPorts: listeners, targetPort }) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              allowedSources(context, balancer, endpoint, targetPort).map(
                (source): InboundRule => ({ source, protocol: one, port, description: ruleDescription(origin) }),
              ),
            ),
          ),
      ),
    );
  return securityGroupResource(context, balancer.origin, `Load balancer ${balancer.key}`, rules);
}

function routerSecurityGroup(context: EmitContext, router: Router): Resource {
  const rules = router.listeners.flatMap(({ origin, port }) =>
    defaultSources(context, router, router.sourceRanges).map(
      (source): InboundRule => ({ source, protocol: 'TCP', port, description: ruleDescription(origin) }),
    ),
  );
  const serves = router.serves === 'services' ? 'Services by host' : `the Ingresses ${router.name}`;
  return securityGroupResource(context, router.origin, `Load balancer of ${serves}`, rules);
}

function appSecurityGroup(context: EmitContext): Resource {
  const { app, env } = context.options;
  return securityGroupResource(
    context,
    { object: appRef(app), path: [] },
    `Machines of ${app} in ${env}`,
    [],
    denyAllOutbound,
  );
}

/** Ingress rules whose source is no group; policyRules.ts creates the others. */
function policyInboundRules(context: EmitContext, rule: NetworkIngressRule): readonly InboundRule[] {
  return policySources(context, rule, []).flatMap((source) =>
    rule.ports.map(
      ({ protocol, from, to }): InboundRule => ({
        source,
        protocol,
        port: from,
        to,
        description: ruleDescription(rule.origin),
      }),
    ),
  );
}

function policySources(
  context: EmitContext,
  rule: NetworkIngressRule,
  limits: readonly string[],
): readonly RuleSource[] {
  if (rule.peers.kind === 'everyone') return [{ CidrIp: '0.0.0.0/0' }];
  if (rule.peers.kind === 'environment') return [groupSource(ref(peerSecurityGroup(context)))];
  return peerCidrs(rule, limits).map((CidrIp): RuleSource => ({ CidrIp }));
}

/**
 * Sources allowed at a port of a load balancer: those that the policies of all machines behind it allow, if every
 * machine has a policy.
 */
function allowedSources(
  context: EmitContext,
  balancer: LoadBalancer,
  endpoint: Endpoint,
  targetPort: number,
): readonly RuleSource[] {
  const rules = loadBalancerIngressRules(context, endpoint, targetPort);
  if (rules === undefined) return defaultSources(context, balancer, endpoint.sourceRanges);
  return rules.flatMap((rule) =>
    rule.peers.kind === 'everyone'
      ? defaultSources(context, balancer, endpoint.sourceRanges)
      : policySources(context, rule, balancer.visibility === 'public' ? endpoint.sourceRanges : []),
  );
}

function defaultSources(
  context: EmitContext,
  { visibility }: Pick<LoadBalancer, 'visibility'>,
  cidrs: readonly string[],
): readonly RuleSource[] {
  const outside = cidrs.map((cidr): RuleSource => (cidr.includes(':') ? { CidrIpv6: cidr } : { CidrIp: cidr }));
  if (visibility === 'internal') return [groupSource(ref(peerSecurityGroup(context))), ...outside];
  return outside.length > 0 ? outside : [{ CidrIp: '0.0.0.0/0' }];
}

function securityGroupResource(
  context: EmitContext,
  origin: Origin,
  description: string,
  rules: readonly InboundRule[],
  out = allowAllOutbound,
): Resource {
  const ingress = distinctRules(rules);
  return resource('AWS::EC2::SecurityGroup', {
    Metadata: originMetadata(origin),
    Properties: {
      GroupDescription: description,
      VpcId: ref(ids.environmentParameter.vpc),
      ...(ingress.length === 0 ? {} : { SecurityGroupIngress: ingress }),
      SecurityGroupEgress: out,
      Tags: tags(context, origin),
    },
  });
}

/** EC2 refuses duplicate rules. Sorted by port, independent of the order of Services. */
function distinctRules(rules: readonly InboundRule[]) {
  const found = new Map<string, InboundRule>();
  for (const rule of rules) {
    const key = `${rule.protocol}${String(rule.port).padStart(5, '0')}${rule.to === undefined || rule.to === rule.port ? '' : `-${rule.to}`}${JSON.stringify(rule.source)}`;
    if (!found.has(key)) found.set(key, rule);
  }
  return [...found.keys()].sort().map((key) => {
    const { source, protocol, port, to = port, description: why } = found.get(key) as InboundRule;
    return { IpProtocol: protocol.toLowerCase(), FromPort: port, ToPort: to, ...source, Description: why };
  });
}
