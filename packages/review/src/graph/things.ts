// What a stack is made of: machines by the object that wants them, load balancers, and disks.

import { rulesOf, ruleText, visible } from '../effects/firewall.ts';
import { sizeOf } from '../effects/machines.ts';
import { inShort } from '../effects/network.ts';
import { machineType } from '../launch.ts';
import { type Json, objectOf, type Resource, refOf, type Template } from '../template.ts';
import { brief } from '../words.ts';
import { firewallsOf, holders } from './holders.ts';
import type { Thing } from './model.ts';

export const ofType = ({ Resources }: Template, type: string): readonly (readonly [id: string, resource: Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

const group = 'AWS::AutoScaling::AutoScalingGroup';
const instance = 'AWS::EC2::Instance';

/** The key of who has a resource: machines are told of their object, whatever number of groups it has. */
export const ownerOf = (id: string, resource: Resource | undefined): string => objectOf(resource) ?? id;

export function machines(template: Template): readonly Thing[] {
  const own = [...ofType(template, group), ...ofType(template, instance)];
  const keys = [...new Set(own.map(([id, resource]) => ownerOf(id, resource)))];
  return keys.map((key) => {
    const parts = own.filter(([id, resource]) => ownerOf(id, resource) === key);
    return { key, sort: 'machines', title: brief(key), lines: [...amounts(template, parts), ...outgoing(template, key)] };
  });
}

/** `3 × t3.nano`, `2 to 6 × t3.nano`, `1 × t3.nano at 30 3 * * *`: one line for each type. */
function amounts(template: Template, parts: readonly (readonly [string, Resource])[]): readonly string[] {
  const sizes = new Map<string, readonly [low: number, high: number]>();
  for (const [id, resource] of parts) {
    const scheduled = ofType(template, 'AWS::AutoScaling::ScheduledAction').find(
      ([, { Properties }]) => refOf(Properties?.['AutoScalingGroupName']) === id,
    )?.[1].Properties;
    const what = `${machineType(template, resource)}${scheduled ? ` at ${String(scheduled['Recurrence'])} ${String(scheduled['TimeZone'] ?? 'UTC')}` : ''}`;
    const wanted = Number(scheduled?.['DesiredCapacity'] ?? 0);
    const { low, high } = resource.Type === instance ? { low: 1, high: 1 } : scheduled ? { low: wanted, high: wanted } : sizeOf(resource);
    const [least, most] = sizes.get(what) ?? [0, 0];
    sizes.set(what, [least + low, most + high]);
  }
  return [...sizes].map(([what, [low, high]]) => `${low === high ? low : `${low} to ${high}`} × ${what}`);
}

/** What machines may ask, where it is not everything. */
function outgoing(template: Template, key: string): readonly string[] {
  const groups = firewallsOf(template, key);
  // A group that says nothing of it lets everything out.
  if (groups.length === 0 || groups.some((id) => template.Resources[id]?.Properties?.['SecurityGroupEgress'] === undefined)) return [];
  const rules = groups.flatMap((id) => visible(rulesOf(template, id)).filter(({ direction }) => direction === 'out'));
  if (rules.some(({ protocol, peer }) => protocol === 'all' && peer === '0.0.0.0/0')) return [];
  const named = (peer: string) => [...(holders(template).get(peer) ?? [])].map(brief).join(', ') || peer;
  const texts = rules.filter(({ peer }) => peer !== '127.0.0.1/32').map((rule) => ruleText(rule, named));
  return [`out: ${texts.length === 0 ? 'nothing' : inShort(texts)}`];
}

export function balancers(template: Template): readonly Thing[] {
  return ofType(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(([id, { Properties = {} }]) => {
    const kind = `${isInternal(template, id) ? 'internal' : 'public'} ${Properties['Type'] === 'network' ? 'network' : 'application'} load balancer`;
    const ports = ofType(template, 'AWS::ElasticLoadBalancingV2::Listener')
      .filter(([, listener]) => refOf(listener.Properties?.['LoadBalancerArn']) === id)
      .map(([, listener]) => Number(listener.Properties?.['Port']));
    const sorted = [...new Set(ports)].sort((a, b) => a - b);
    return {
      key: id,
      sort: 'balancer',
      title: kind,
      lines: [...(sorted.length > 0 ? [`${sorted.length === 1 ? 'port' : 'ports'} ${sorted.join(', ')}`] : [])],
    };
  });
}

export const isInternal = (template: Template, id: string): boolean => template.Resources[id]?.Properties?.['Scheme'] === 'internal';

export function volumes(template: Template): readonly Thing[] {
  return ofType(template, 'AWS::EC2::Volume').map(([id, resource]) => {
    const { Size, VolumeType, AvailabilityZone } = resource.Properties ?? {};
    const zone = (value: Json | undefined) => (typeof value === 'string' ? [value] : []);
    const size = Size === undefined ? [] : [`${String(Size)} GiB of ${typeof VolumeType === 'string' ? VolumeType : 'gp2'}`];
    return { key: id, sort: 'volume', title: brief(ownerOf(id, resource)), lines: [...size, ...zone(AvailabilityZone)] };
  });
}
