// AWS::EC2::SecurityGroupIngress and SecurityGroupEgress: what network policies allow between groups, as resources named by their content, so that equal rules are one.

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
import { type Resource, ref, resource, type Value } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { endpointLoadBalancerRefs, existingLoadBalancer, loadBalancerId } from '../resourceRefs.ts';
import { loadBalancerIngressRules, peerGroups, ruleDescription } from '../securityGroupRules.ts';

// AWS::EC2::SecurityGroupIngress: what network policies let in from other groups, at the machines and at their load balancers. Each is called after
// its content, so that equal ones are one.

type NamedIngress = readonly [string, Resource];

export const policyIngressRules: Emitter = (target) => ({
  resources: Object.fromEntries([
    ...target.workloads.flatMap((group) => machineIngressRules(target, group)),
    ...balancerIngressRules(target),
  ]),
});

const machineIngressRules = (target: EmitContext, group: MachineGroup): readonly NamedIngress[] =>
  (group.ingressRules ?? []).flatMap((admission) =>
    admission.ports.flatMap(({ protocol, from, to }) =>
      peerGroups(target, admission).map((peer) =>
        ingressRuleResource(
          ids.machineGroup.firewall(group),
          ids.machineGroup.firewall(peer),
          protocol,
          from,
          to,
          admission.origin,
        ),
      ),
    ),
  );

const balancerIngressRules = (target: EmitContext): readonly NamedIngress[] =>
  target.plan.endpoints.flatMap((endpoint) => {
    const balancer = target.loadBalancer(endpoint.loadBalancer);
    if (existingLoadBalancer(target, balancer) !== undefined) return [];
    const firewall = ids.loadBalancer.firewall(loadBalancerId(balancer));
    return endpoint.ports.flatMap(({ protocol, listenerPorts: listeners, targetPort }) =>
      (loadBalancerIngressRules(target, endpoint, targetPort) ?? []).flatMap((admission: NetworkIngressRule) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              peerGroups(target, admission).map((peer) =>
                ingressRuleResource(firewall, ids.machineGroup.firewall(peer), one, port, port, admission.origin),
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
): NamedIngress {
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

// AWS::EC2::SecurityGroupEgress: what network policies let out to other groups: machines, and the load balancers in front of them. Each is
// called after its content, so that equal ones are one.

type NamedEgress = readonly [string, Resource];

export const policyEgressRules: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.workloads.flatMap((group) =>
      (group.egressRules ?? []).flatMap((one) => [
        ...egressRulesToMachines(target, group, one),
        ...egressRulesToLoadBalancers(target, group, one),
      ]),
    ),
  ),
});

const egressRulesToMachines = (
  target: EmitContext,
  group: MachineGroup,
  release: NetworkEgressRule,
): readonly NamedEgress[] =>
  peerGroups(target, release).flatMap((peer) =>
    release.ports === undefined
      ? [egressRuleResource(group, ref(ids.machineGroup.firewall(peer)), undefined, release.origin)]
      : release.ports.map((range) =>
          egressRuleResource(group, ref(ids.machineGroup.firewall(peer)), range, release.origin),
        ),
  );

/** A Service is reached where all the machines behind it may be: its load balancer does not say to which of them it leads. */
const egressRulesToLoadBalancers = (
  target: EmitContext,
  group: MachineGroup,
  release: NetworkEgressRule,
): readonly NamedEgress[] =>
  target.plan.endpoints.flatMap((endpoint) =>
    endpoint.ports
      .filter((port) => reachesAllBackends(endpoint, port, group.egressRules ?? [], release))
      .flatMap(({ protocol, listenerPorts: listeners }) =>
        protocol
          .split('_')
          .flatMap((one) =>
            listeners.flatMap((port) =>
              endpointLoadBalancerRefs(target, endpoint).securityGroups.map((firewall) =>
                egressRuleResource(
                  group,
                  firewall,
                  { protocol: one as PortRange['protocol'], from: port, to: port },
                  release.origin,
                ),
              ),
            ),
          ),
      ),
  );

function reachesAllBackends(
  { backends }: Endpoint,
  port: EndpointPort,
  all: readonly NetworkEgressRule[],
  release: NetworkEgressRule,
): boolean {
  const reaches = (one: NetworkEgressRule, key: string) => namesGroup(one, key) && coversEndpointPort(one, port);
  return backends.some((key) => reaches(release, key)) && backends.every((key) => all.some((one) => reaches(one, key)));
}

const namesGroup = ({ peers }: NetworkEgressRule, key: string): boolean =>
  peers.kind === 'everyone' || peers.kind === 'environment' || (peers.kind === 'groups' && peers.groups.includes(key));

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
): NamedEgress {
  const from = ids.machineGroup.firewall(group);
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
