// Nodes of the graph: machines by object, load balancers and volumes, with their security groups and DNS names.

import type { Json } from '@i2kit/common';
import { referencesIn } from '../diff/references.ts';
import { groupSizeOf } from '../effects/machines.ts';
import { abbreviatedList } from '../effects/network.ts';
import { machineType } from '../launchTemplate.ts';
import { shortObjectName } from '../phrases.ts';
import { valueText } from '../render/format.ts';
import { rulesOfGroup, ruleText, withoutHealthChecks } from '../securityGroupRules.ts';
import { objectOf, type Resource, refOf, type Template } from '../template.ts';
import type { KeyedNode } from './types.ts';

export const resourcesOfType = (
  { Resources }: Template,
  type: string,
): readonly (readonly [id: string, resource: Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

const autoScalingGroupType = 'AWS::AutoScaling::AutoScalingGroup';
const instanceType = 'AWS::EC2::Instance';

/** Key of the node that a resource belongs to: machines of an object are one node, whatever the number of groups. */
export const nodeKeyOf = (id: string, resource: Resource | undefined): string => objectOf(resource) ?? id;

export function machineNodes(template: Template): readonly KeyedNode[] {
  const own = [...resourcesOfType(template, autoScalingGroupType), ...resourcesOfType(template, instanceType)];
  const keys = [...new Set(own.map(([id, resource]) => nodeKeyOf(id, resource)))];
  return keys.map((key) => {
    const parts = own.filter(([id, resource]) => nodeKeyOf(id, resource) === key);
    return {
      key,
      kind: 'machines',
      title: shortObjectName(key),
      lines: [...machineCounts(template, parts), ...egressLines(template, key)],
    };
  });
}

/** `3 × t3.nano`, `2 to 6 × t3.nano`, `1 × t3.nano at 30 3 * * *`: one line per type. */
function machineCounts(template: Template, parts: readonly (readonly [string, Resource])[]): readonly string[] {
  const sizes = new Map<string, readonly [low: number, high: number]>();
  for (const [id, resource] of parts) {
    const scheduled = resourcesOfType(template, 'AWS::AutoScaling::ScheduledAction').find(
      ([, { Properties }]) => refOf(Properties?.['AutoScalingGroupName']) === id,
    )?.[1].Properties;
    const what = `${machineType(template, resource)}${scheduled ? ` at ${String(scheduled['Recurrence'])} ${String(scheduled['TimeZone'] ?? 'UTC')}` : ''}`;
    const wanted = Number(scheduled?.['DesiredCapacity'] ?? 0);
    const { low, high } =
      resource.Type === instanceType
        ? { low: 1, high: 1 }
        : scheduled
          ? { low: wanted, high: wanted }
          : groupSizeOf(resource);
    const [least, most] = sizes.get(what) ?? [0, 0];
    sizes.set(what, [least + low, most + high]);
  }
  return [...sizes].map(([what, [low, high]]) => `${low === high ? low : `${low} to ${high}`} × ${what}`);
}

/** Allowed outgoing traffic, if it is limited. */
function egressLines(template: Template, key: string): readonly string[] {
  const groups = securityGroupsOf(template, key);
  // A security group without egress rules allows all outgoing traffic.
  if (
    groups.length === 0 ||
    groups.some((id) => template.Resources[id]?.Properties?.['SecurityGroupEgress'] === undefined)
  )
    return [];
  const rules = groups.flatMap((id) =>
    withoutHealthChecks(rulesOfGroup(template, id)).filter(({ direction }) => direction === 'out'),
  );
  if (rules.some(({ protocol, peer }) => protocol === 'all' && peer === '0.0.0.0/0')) return [];
  const named = (peer: string) =>
    [...(securityGroupMembers(template).get(peer) ?? [])].map(shortObjectName).join(', ') || peer;
  const texts = rules.filter(({ peer }) => peer !== '127.0.0.1/32').map((rule) => ruleText(rule, named));
  return [`out: ${texts.length === 0 ? 'nothing' : abbreviatedList(texts)}`];
}

export function loadBalancerNodes(template: Template): readonly KeyedNode[] {
  return resourcesOfType(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(([id, { Properties = {} }]) => {
    const kind = `${isInternal(template, id) ? 'internal' : 'public'} ${Properties['Type'] === 'network' ? 'network' : 'application'} load balancer`;
    const ports = resourcesOfType(template, 'AWS::ElasticLoadBalancingV2::Listener')
      .filter(([, listener]) => refOf(listener.Properties?.['LoadBalancerArn']) === id)
      .map(([, listener]) => Number(listener.Properties?.['Port']));
    const sorted = [...new Set(ports)].sort((a, b) => a - b);
    return {
      key: id,
      kind: 'balancer',
      title: kind,
      lines: [...(sorted.length > 0 ? [`${sorted.length === 1 ? 'port' : 'ports'} ${sorted.join(', ')}`] : [])],
    };
  });
}

export const isInternal = (template: Template, id: string): boolean =>
  template.Resources[id]?.Properties?.['Scheme'] === 'internal';

export function volumeNodes(template: Template): readonly KeyedNode[] {
  return resourcesOfType(template, 'AWS::EC2::Volume').map(([id, resource]) => {
    const { Size, VolumeType, AvailabilityZone } = resource.Properties ?? {};
    const zone = (value: Json | undefined) => (typeof value === 'string' ? [value] : []);
    const size =
      Size === undefined ? [] : [`${String(Size)} GiB of ${typeof VolumeType === 'string' ? VolumeType : 'gp2'}`];
    return {
      key: id,
      kind: 'volume',
      title: shortObjectName(nodeKeyOf(id, resource)),
      lines: [...size, ...zone(AvailabilityZone)],
    };
  });
}

const memberTypes: ReadonlySet<string> = new Set([
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Instance',
  'AWS::EC2::NetworkInterface',
]);
const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/**
 * Members of a security group: the machines and load balancers that have it. Logical id of a security group → keys
 * of its members: objects, and logical ids of load balancers.
 */
export function securityGroupMembers(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    const key =
      resource.Type === loadBalancerType ? id : memberTypes.has(resource.Type) ? (objectOf(resource) ?? id) : undefined;
    if (key === undefined) continue;
    for (const { to } of referencesIn(resource.Properties ?? {})) {
      if (template.Resources[to]?.Type !== 'AWS::EC2::SecurityGroup') continue;
      found.set(to, new Set([...(found.get(to) ?? []), key]));
    }
  }
  return found;
}

/** The security groups of a node. */
export const securityGroupsOf = (template: Template, key: string): readonly string[] =>
  [...securityGroupMembers(template)].flatMap(([id, keys]) => (keys.has(key) ? [id] : []));

/** Key of a node → names, without the final dot. */
export function dnsNamesByNode(template: Template): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [, { Properties = {} }] of resourcesOfType(template, 'AWS::Route53::RecordSet')) {
    const name = valueText(Properties['Name']).replace(/\.$/, '');
    for (const { to } of referencesIn([Properties['AliasTarget'] ?? '', Properties['ResourceRecords'] ?? ''])) {
      const resource = template.Resources[to];
      const key = resource?.Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' ? to : nodeKeyOf(to, resource);
      found.set(key, [...(found.get(key) ?? []), name]);
    }
  }
  return found;
}
