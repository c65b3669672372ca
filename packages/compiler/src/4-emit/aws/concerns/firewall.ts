// AWS::EC2::SecurityGroup: a workload's declared ports to the machines of the environment and to its load balancers, a load
// balancer's listeners to those who may call it, and nothing else.
//
// Rules stand in their group: it reads as one list, and a stack holds more workloads. No group refers back, so there is no cycle.
import { appRef, objectName } from '../../../diagnostic.ts';
import type { Admission, Endpoint, LoadBalancer, MachineGroup, Origin, PortRange, Release, Router } from '../../../plan.ts';
import { type Resource, ref, resource, type Value } from '../../../template.ts';
import { addressesIn, admittedThrough } from '../admission.ts';
import { because } from '../because.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { tags } from '../tags.ts';
import { balancerId, existing, factsOf, readiness } from '../wiring.ts';

export const firewall: Concern = (target) => {
  const { plan, config } = target;
  const groups = target.workloads.map((group) => [ids.group.firewall(group), machines(target, group)] as const);
  // Who may call a load balancer that is there is its owner's to say.
  const fronts = plan.loadBalancers
    .filter((balancer) => existing(target, balancer) === undefined)
    .map((balancer) => [ids.balancer.firewall(balancerId(balancer)), front(target, balancer)] as const);
  const routers = plan.routers.map((router) => [ids.balancer.firewall(ids.router.balancer(router)), routerFront(target, router)] as const);
  const app = config.isolation === 'app' && groups.length > 0 ? [[ids.shared.appMembers, appMembers(target)] as const] : [];
  return { resources: Object.fromEntries([...app, ...groups, ...fronts, ...routers]) };
};

/** Where a machine's peers are: all of the environment's machines, as in a cluster, or this app's. */
const peersOf = ({ config }: Target) => (config.isolation === 'app' ? ids.shared.appMembers : ids.shared.members);

type Source = { readonly SourceSecurityGroupId: Value<string> } | { readonly CidrIp: string } | { readonly CidrIpv6: string };

interface Rule {
  readonly source: Source;
  readonly protocol: string;
  readonly port: number;
  /** The last of a range; absent: it is one port. */
  readonly to?: number;
  readonly why: string;
}

const fromGroup = (id: Value<string>): Source => ({ SourceSecurityGroupId: id });

function machines(target: Target, group: MachineGroup): Resource {
  const declared =
    group.admitted?.flatMap((admission) => admittedRules(target, admission)) ??
    group.ports.map(
      ({ origin, protocol, port }): Rule => ({ source: fromGroup(ref(peersOf(target))), protocol, port, why: because(origin) }),
    );
  const balanced = target.endpointsOf(group).flatMap((endpoint): readonly Rule[] => {
    return factsOf(target, endpoint).firewalls.flatMap((id): readonly Rule[] => {
      const source = fromGroup(id);
      const served = endpoint.ports.flatMap(({ origin, protocol, targetPort }) =>
        protocol.split('_').map((one): Rule => ({ source, protocol: one, port: targetPort, why: because(origin) })),
      );
      return [...served, { source, protocol: 'TCP', port: readiness.port, why: 'Readiness' }];
    });
  });
  const routed = target.routedTo(group).flatMap(({ router, backend }): readonly Rule[] => {
    const source = fromGroup(ref(ids.balancer.firewall(ids.router.balancer(router))));
    return [
      { source, protocol: 'TCP', port: backend.targetPort, why: because(backend.origin) },
      { source, protocol: 'TCP', port: readiness.port, why: 'Readiness' },
    ];
  });
  const rules = [...declared, ...balanced, ...routed];
  return securityGroup(target, group.origin, `Machines of ${objectName(group.origin.object)}`, rules, outOf(target, group));
}

/** What goes out that goes to no group; see `releases.ts` for that. A machine's groups add up, so that only its own may let anything out. */
function outOf(target: Target, { released }: MachineGroup): readonly Out[] {
  if (released === undefined) return open;
  const found = new Map<string, Out>([['', agent]]);
  for (const { origin, peers, ports } of released) {
    for (const to of destinationsIn(target, peers)) {
      for (const rule of ports === undefined ? [{ IpProtocol: '-1' }] : ports.map(rangeOut)) {
        const key = JSON.stringify([to, rule]);
        if (!found.has(key)) found.set(key, { ...rule, ...to, Description: because(origin) });
      }
    }
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

interface Out {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly DestinationSecurityGroupId?: Value<string>;
  readonly Description: string;
}

const open: readonly Out[] = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'Out' }];
/** Without a rule EC2 would let everything out; https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
const nothing: readonly Out[] = [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' }];
/** Names, time and metadata are not filtered; the agent's calls, like any container's, go to addresses that AWS does not tell. */
const agent: Out = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'AWS, which the agent calls' };

const rangeOut = ({ protocol, from, to }: PortRange) => ({ IpProtocol: protocol.toLowerCase(), FromPort: from, ToPort: to });

function destinationsIn(target: Target, peers: Release['peers']): readonly Pick<Out, 'CidrIp' | 'DestinationSecurityGroupId'>[] {
  if (peers.kind === 'everyone') return [{ CidrIp: '0.0.0.0/0' }];
  if (peers.kind === 'environment') return [{ DestinationSecurityGroupId: ref(peersOf(target)) }];
  return peers.kind === 'addresses' ? peers.cidrs.map((CidrIp) => ({ CidrIp })) : [];
}

function front(target: Target, balancer: LoadBalancer): Resource {
  const rules = target
    .endpointsOn(balancer)
    .flatMap((endpoint) =>
      endpoint.ports.flatMap(({ origin, protocol, listeners, targetPort }) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              callersOf(target, balancer, endpoint, targetPort).map(
                (source): Rule => ({ source, protocol: one, port, why: because(origin) }),
              ),
            ),
          ),
      ),
    );
  return securityGroup(target, balancer.origin, `Load balancer ${balancer.key}`, rules);
}

function routerFront(target: Target, router: Router): Resource {
  const rules = router.listeners.flatMap(({ origin, port }) =>
    callers(target, router, router.sources).map((source): Rule => ({ source, protocol: 'TCP', port, why: because(origin) })),
  );
  const serves = router.serves === 'services' ? 'Services by host' : `the Ingresses ${router.name}`;
  return securityGroup(target, router.origin, `Load balancer of ${serves}`, rules);
}

function appMembers(target: Target): Resource {
  const { app, env } = target.options;
  return securityGroup(target, { object: appRef(app), path: [] }, `Machines of ${app} in ${env}`, [], nothing);
}

/** What a network policy lets in that is no group; see `admissions.ts` for those. */
function admittedRules(target: Target, admission: Admission): readonly Rule[] {
  return sourcesIn(target, admission, []).flatMap((source) =>
    admission.ports.map(({ protocol, from, to }): Rule => ({ source, protocol, port: from, to, why: because(admission.origin) })),
  );
}

function sourcesIn(target: Target, admission: Admission, limits: readonly string[]): readonly Source[] {
  if (admission.peers.kind === 'everyone') return [{ CidrIp: '0.0.0.0/0' }];
  if (admission.peers.kind === 'environment') return [fromGroup(ref(peersOf(target)))];
  return addressesIn(admission, limits).map((CidrIp): Source => ({ CidrIp }));
}

/** Who may call a port of a load balancer: whom the policies of the machines behind it let in, if there are any for all of them. */
function callersOf(target: Target, balancer: LoadBalancer, endpoint: Endpoint, targetPort: number): readonly Source[] {
  const admitted = admittedThrough(target, endpoint, targetPort);
  if (admitted === undefined) return callers(target, balancer, endpoint.sources);
  return admitted.flatMap((admission) =>
    admission.peers.kind === 'everyone'
      ? callers(target, balancer, endpoint.sources)
      : sourcesIn(target, admission, balancer.visibility === 'public' ? endpoint.sources : []),
  );
}

function callers(target: Target, { visibility }: Pick<LoadBalancer, 'visibility'>, cidrs: readonly string[]): readonly Source[] {
  const outside = cidrs.map((cidr): Source => (cidr.includes(':') ? { CidrIpv6: cidr } : { CidrIp: cidr }));
  if (visibility === 'internal') return [fromGroup(ref(peersOf(target))), ...outside];
  return outside.length > 0 ? outside : [{ CidrIp: '0.0.0.0/0' }];
}

function securityGroup(target: Target, origin: Origin, description: string, rules: readonly Rule[], out = open): Resource {
  const ingress = distinct(rules);
  return resource('AWS::EC2::SecurityGroup', {
    Metadata: originOf(origin),
    Properties: {
      GroupDescription: description,
      VpcId: ref(ids.shared.vpc),
      ...(ingress.length === 0 ? {} : { SecurityGroupIngress: ingress }),
      SecurityGroupEgress: out,
      Tags: tags(target, origin),
    },
  });
}

/** Equal rules are one, as EC2 would refuse the second; the order is by port, whatever the order of Services. */
function distinct(rules: readonly Rule[]) {
  const found = new Map<string, Rule>();
  for (const rule of rules) {
    const key = `${rule.protocol}${String(rule.port).padStart(5, '0')}${rule.to === undefined || rule.to === rule.port ? '' : `-${rule.to}`}${JSON.stringify(rule.source)}`;
    if (!found.has(key)) found.set(key, rule);
  }
  return [...found.keys()].sort().map((key) => {
    const { source, protocol, port, to = port, why } = found.get(key) as Rule;
    return { IpProtocol: protocol.toLowerCase(), FromPort: port, ToPort: to, ...source, Description: why };
  });
}
