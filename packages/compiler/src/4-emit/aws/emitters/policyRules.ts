// AWS::EC2::SecurityGroupIngress and SecurityGroupEgress: network policy rules between groups. Ids contain a hash of
// the rule, so that equal rules are one resource.

import type {
  Endpoint,
  EndpointPort,
  MachineGroup,
  NetworkEgressRule,
  NetworkIngressRule,
  Origin,
  PortRange,
} from '../../../plan.ts';
import { sha256Hex } from '../../../sha256.ts';
import { ref, resource, type Value } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata, type ResourceEntry } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { endpointLoadBalancerRefs, existingLoadBalancer, loadBalancerId } from '../resourceRefs.ts';
import { loadBalancerIngressRules, peerGroups, ruleDescription } from '../securityGroupRules.ts';

/** Ingress rules from other groups, at machines and at their load balancers. */
export const policyIngressRules: Emitter = (context) => ({
  resources: Object.fromEntries([
    ...context.workloads.flatMap((group) => machineIngressRules(context, group)),
    ...balancerIngressRules(context),
  ]),
});

const machineIngressRules = (context: EmitContext, group: MachineGroup): readonly ResourceEntry[] =>
  (group.ingressRules ?? []).flatMap((rule) =>
    rule.ports.flatMap(({ protocol, from, to }) =>
      peerGroups(context, rule).map((peer) =>
        ingressRuleResource(
          ids.machineGroup.securityGroup(group),
          ids.machineGroup.securityGroup(peer),
          protocol,
          from,
          to,
          rule.origin,
        ),
      ),
    ),
  );

const balancerIngressRules = (context: EmitContext): readonly ResourceEntry[] =>
  context.plan.endpoints.flatMap((endpoint) => {
    const balancer = context.loadBalancer(endpoint.loadBalancer);
    if (existingLoadBalancer(context, balancer) !== undefined) return [];
    const securityGroup = ids.loadBalancer.securityGroup(loadBalancerId(balancer));
    return endpoint.ports.flatMap(({ protocol, listenerPorts: listeners, targetPort }) =>
      (loadBalancerIngressRules(context, endpoint, targetPort) ?? []).flatMap((rule: NetworkIngressRule) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              peerGroups(context, rule).map((peer) =>
                ingressRuleResource(securityGroup, ids.machineGroup.securityGroup(peer), one, port, port, rule.origin),
              ),
            ),
          ),
      ),
    );
  });

function ingressRuleResource(
  to: string,
  from: string,
  protocol: string,
  first: number,
  last: number,
  origin: Origin,
): ResourceEntry {
  const made = resource('AWS::EC2::SecurityGroupIngress', {
    Metadata: originMetadata(origin),
    Properties: {
      GroupId: ref(to),
      SourceSecurityGroupId: ref(from),
      IpProtocol: protocol.toLowerCase(),
      FromPort: first,
      ToPort: last,
      Description: ruleDescription(origin),
    },
  });
  return [ids.ingressRule(sha256Hex([to, from, protocol, first, last].join(' ')).slice(0, 12)), made];
}

/** Egress rules to other groups: machines, and the load balancers in front of them. */
export const policyEgressRules: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.workloads.flatMap((group) => {
      const open = openEndpointPorts(context, group.egressRules ?? []);
      return (group.egressRules ?? []).flatMap((one) => [
        ...egressRulesToMachines(context, group, one),
        ...egressRulesToLoadBalancers(context, group, one, open),
      ]);
    }),
  ),
});

const egressRulesToMachines = (
  context: EmitContext,
  group: MachineGroup,
  rule: NetworkEgressRule,
): readonly ResourceEntry[] =>
  peerGroups(context, rule).flatMap((peer) =>
    rule.ports === undefined
      ? [egressRuleResource(group, ref(ids.machineGroup.securityGroup(peer)), undefined, rule.origin)]
      : rule.ports.map((range) =>
          egressRuleResource(group, ref(ids.machineGroup.securityGroup(peer)), range, rule.origin),
        ),
  );

interface EndpointPorts {
  readonly endpoint: Endpoint;
  readonly ports: readonly EndpointPort[];
  readonly backends: ReadonlySet<string>;
}

/** A load balancer is allowed only if all machines behind it are: it may forward to any of them. */
function openEndpointPorts(context: EmitContext, rules: readonly NetworkEgressRule[]): readonly EndpointPorts[] {
  if (rules.length === 0) return [];
  return context.plan.endpoints.map((endpoint) => ({
    endpoint,
    backends: new Set(endpoint.backends),
    ports: endpoint.ports.filter((port) => {
      const covering = rules.filter((rule) => coversEndpointPort(rule, port));
      const named = new Set(covering.flatMap(({ peers }) => (peers.kind === 'groups' ? peers.groups : [])));
      return covering.some(namesAnyGroup) || endpoint.backends.every((key) => named.has(key));
    }),
  }));
}

const egressRulesToLoadBalancers = (
  context: EmitContext,
  group: MachineGroup,
  rule: NetworkEgressRule,
  open: readonly EndpointPorts[],
): readonly ResourceEntry[] =>
  open.flatMap(({ endpoint, ports, backends }) =>
    ports
      .filter((port) => coversEndpointPort(rule, port) && namesOneOf(rule, backends))
      .flatMap(({ protocol, listenerPorts: listeners }) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              endpointLoadBalancerRefs(context, endpoint).securityGroups.map((securityGroup) =>
                egressRuleResource(
                  group,
                  securityGroup,
                  { protocol: one as PortRange['protocol'], from: port, to: port },
                  rule.origin,
                ),
              ),
            ),
          ),
      ),
  );

const namesAnyGroup = ({ peers }: NetworkEgressRule): boolean =>
  peers.kind === 'everyone' || peers.kind === 'environment';

const namesOneOf = (rule: NetworkEgressRule, keys: ReadonlySet<string>): boolean =>
  (namesAnyGroup(rule) && keys.size > 0) ||
  (rule.peers.kind === 'groups' && rule.peers.groups.some((key) => keys.has(key)));

const coversEndpointPort = ({ ports }: NetworkEgressRule, { protocol, targetPort }: EndpointPort): boolean =>
  ports === undefined ||
  protocol
    .split('_')
    .every((one) =>
      ports.some((range) => range.protocol === one && range.from <= targetPort && targetPort <= range.to),
    );

function egressRuleResource(
  group: MachineGroup,
  to: Value<string>,
  range: PortRange | undefined,
  origin: Origin,
): ResourceEntry {
  const from = ids.machineGroup.securityGroup(group);
  const made = resource('AWS::EC2::SecurityGroupEgress', {
    Metadata: originMetadata(origin),
    Properties: {
      GroupId: ref(from),
      DestinationSecurityGroupId: to,
      ...(range === undefined
        ? { IpProtocol: '-1' }
        : { IpProtocol: range.protocol.toLowerCase(), FromPort: range.from, ToPort: range.to }),
      Description: ruleDescription(origin),
    },
  });
  const content = [from, JSON.stringify(to), range?.protocol, range?.from, range?.to].join(' ');
  return [ids.egressRule(sha256Hex(content).slice(0, 12)), made];
}
