// AWS::EC2::SecurityGroup: a workload's declared ports to the machines of the environment and to its load balancers, a load
// balancer's listeners to those who may call it, and nothing else.
//
// Rules stand in their group: it reads as one list, and a stack holds more workloads. No group refers back, so there is no cycle.
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

export const securityGroups: Emitter = (target) => {
  const { plan, config } = target;
  const groups = target.workloads.map(
    (group) => [ids.machineGroup.firewall(group), machineSecurityGroup(target, group)] as const,
  );
  // Who may call a load balancer that is there is its owner's to say.
  const fronts = plan.loadBalancers
    .filter((balancer) => existingLoadBalancer(target, balancer) === undefined)
    .map(
      (balancer) =>
        [ids.loadBalancer.firewall(loadBalancerId(balancer)), loadBalancerSecurityGroup(target, balancer)] as const,
    );
  const routers = plan.routers.map(
    (router) => [ids.loadBalancer.firewall(ids.router.balancer(router)), routerSecurityGroup(target, router)] as const,
  );
  const app =
    config.isolation === 'app' && groups.length > 0
      ? [[ids.environmentParameter.appMembers, appSecurityGroup(target)] as const]
      : [];
  return { resources: Object.fromEntries([...app, ...groups, ...fronts, ...routers]) };
};

/** Where a machine's peers are: all of the environment's machines, as in a cluster, or this app's. */
const peerSecurityGroup = ({ config }: EmitContext) =>
  config.isolation === 'app' ? ids.environmentParameter.appMembers : ids.environmentParameter.members;

type RuleSource =
  | { readonly SourceSecurityGroupId: Value<string> }
  | { readonly CidrIp: string }
  | { readonly CidrIpv6: string };

interface InboundRule {
  readonly source: RuleSource;
  readonly protocol: string;
  readonly port: number;
  /** The last of a range; absent: it is one port. */
  readonly to?: number;
  readonly description: string;
}

const groupSource = (id: Value<string>): RuleSource => ({ SourceSecurityGroupId: id });

function machineSecurityGroup(target: EmitContext, group: MachineGroup): Resource {
  const declared =
    group.ingressRules?.flatMap((admission) => policyInboundRules(target, admission)) ??
    group.ports.map(
      ({ origin, protocol, port }): InboundRule => ({
        source: groupSource(ref(peerSecurityGroup(target))),
        protocol,
        port,
        description: ruleDescription(origin),
      }),
    );
  const balanced = target.endpointsOf(group).flatMap((endpoint): readonly InboundRule[] => {
    return endpointLoadBalancerRefs(target, endpoint).securityGroups.flatMap((id): readonly InboundRule[] => {
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
  const routed = target.routerBackendsOf(group).flatMap(({ router, backend }): readonly InboundRule[] => {
    const source = groupSource(ref(ids.loadBalancer.firewall(ids.router.balancer(router))));
    return [
      { source, protocol: 'TCP', port: backend.targetPort, description: ruleDescription(backend.origin) },
      { source, protocol: 'TCP', port: agentReadiness.port, description: 'Readiness' },
    ];
  });
  const rules = [...declared, ...balanced, ...routed];
  return securityGroupResource(
    target,
    group.origin,
    `Machines of ${objectName(group.origin.object)}`,
    rules,
    outboundRules(target, group),
  );
}

/** What goes out that goes to no group; see `releases.ts` for that. A machine's groups add up, so that only its own may let anything out. */
function outboundRules(target: EmitContext, { egressRules: released }: MachineGroup): readonly OutboundRule[] {
  if (released === undefined) return allowAllOutbound;
  const found = new Map<string, OutboundRule>([['', agentOutbound]]);
  for (const { origin, peers, ports } of released) {
    for (const to of outboundDestinations(target, peers)) {
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
/** Without a rule EC2 would let everything out; https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
const denyAllOutbound: readonly OutboundRule[] = [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' }];
/** Names, time and metadata are not filtered; the agent's calls, like any container's, go to addresses that AWS does not tell. */
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
  target: EmitContext,
  peers: NetworkEgressRule['peers'],
): readonly Pick<OutboundRule, 'CidrIp' | 'DestinationSecurityGroupId'>[] {
  if (peers.kind === 'everyone') return [{ CidrIp: '0.0.0.0/0' }];
  if (peers.kind === 'environment') return [{ DestinationSecurityGroupId: ref(peerSecurityGroup(target)) }];
  return peers.kind === 'addresses' ? peers.cidrs.map((CidrIp) => ({ CidrIp })) : [];
}

function loadBalancerSecurityGroup(target: EmitContext, balancer: LoadBalancer): Resource {
  const rules = target
    .endpointsOn(balancer)
    .flatMap((endpoint) =>
      endpoint.ports.flatMap(({ origin, protocol, listenerPorts: listeners, targetPort }) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              allowedSources(target, balancer, endpoint, targetPort).map(
                (source): InboundRule => ({ source, protocol: one, port, description: ruleDescription(origin) }),
              ),
            ),
          ),
      ),
    );
  return securityGroupResource(target, balancer.origin, `Load balancer ${balancer.key}`, rules);
}

function routerSecurityGroup(target: EmitContext, router: Router): Resource {
  const rules = router.listeners.flatMap(({ origin, port }) =>
    defaultSources(target, router, router.sourceRanges).map(
      (source): InboundRule => ({ source, protocol: 'TCP', port, description: ruleDescription(origin) }),
    ),
  );
  const serves = router.serves === 'services' ? 'Services by host' : `the Ingresses ${router.name}`;
  return securityGroupResource(target, router.origin, `Load balancer of ${serves}`, rules);
}

function appSecurityGroup(target: EmitContext): Resource {
  const { app, env } = target.options;
  return securityGroupResource(
    target,
    { object: appRef(app), path: [] },
    `Machines of ${app} in ${env}`,
    [],
    denyAllOutbound,
  );
}

/** What a network policy lets in that is no group; see `admissions.ts` for those. */
function policyInboundRules(target: EmitContext, admission: NetworkIngressRule): readonly InboundRule[] {
  return policySources(target, admission, []).flatMap((source) =>
    admission.ports.map(
      ({ protocol, from, to }): InboundRule => ({
        source,
        protocol,
        port: from,
        to,
        description: ruleDescription(admission.origin),
      }),
    ),
  );
}

function policySources(
  target: EmitContext,
  admission: NetworkIngressRule,
  limits: readonly string[],
): readonly RuleSource[] {
  if (admission.peers.kind === 'everyone') return [{ CidrIp: '0.0.0.0/0' }];
  if (admission.peers.kind === 'environment') return [groupSource(ref(peerSecurityGroup(target)))];
  return peerCidrs(admission, limits).map((CidrIp): RuleSource => ({ CidrIp }));
}

/** Who may call a port of a load balancer: whom the policies of the machines behind it let in, if there are any for all of them. */
function allowedSources(
  target: EmitContext,
  balancer: LoadBalancer,
  endpoint: Endpoint,
  targetPort: number,
): readonly RuleSource[] {
  const admitted = loadBalancerIngressRules(target, endpoint, targetPort);
  if (admitted === undefined) return defaultSources(target, balancer, endpoint.sourceRanges);
  return admitted.flatMap((admission) =>
    admission.peers.kind === 'everyone'
      ? defaultSources(target, balancer, endpoint.sourceRanges)
      : policySources(target, admission, balancer.visibility === 'public' ? endpoint.sourceRanges : []),
  );
}

function defaultSources(
  target: EmitContext,
  { visibility }: Pick<LoadBalancer, 'visibility'>,
  cidrs: readonly string[],
): readonly RuleSource[] {
  const outside = cidrs.map((cidr): RuleSource => (cidr.includes(':') ? { CidrIpv6: cidr } : { CidrIp: cidr }));
  if (visibility === 'internal') return [groupSource(ref(peerSecurityGroup(target))), ...outside];
  return outside.length > 0 ? outside : [{ CidrIp: '0.0.0.0/0' }];
}

function securityGroupResource(
  target: EmitContext,
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
      Tags: tags(target, origin),
    },
  });
}

/** Equal rules are one, as EC2 would refuse the second; the order is by port, whatever the order of Services. */
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
