// What must be unique in AWS and would be there twice for a moment: CloudFormation creates and changes before it deletes.
import { type Comparison, subject } from '../comparison.ts';
import { text } from '../differ/values.ts';
import { printed } from '../render/value.ts';
import type { Json, Resource } from '../template.ts';
import { noun } from '../words.ts';
import type { Effect } from './effect.ts';

/** Resource type -> the properties that together are there once only. */
const unique: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn', 'Port'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['ListenerArn', 'Priority'],
  'AWS::Route53::RecordSet': ['HostedZoneId', 'Name', 'Type', 'SetIdentifier'],
  'AWS::SSM::Parameter': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::IAM::Role': ['RoleName'],
  'AWS::AutoScaling::AutoScalingGroup': ['AutoScalingGroupName'],
};

export function collisions(comparison: Comparison): readonly Effect[] {
  const { before, after, changes } = comparison;
  const holders = new Map(Object.entries(before.Resources).flatMap(([id, resource]) => keysOf(resource).map((key) => [key, id] as const)));
  return Object.entries(after.Resources).flatMap(([id, resource]) =>
    keysOf(resource).flatMap((key): readonly Effect[] => {
      const holder = holders.get(key);
      const change = changes.get(id);
      if (holder === undefined || holder === id || !change) return [];
      const [type, ...values] = key.split('\n');
      const what = `${noun(type ?? '')} ${values.filter(Boolean).join(' ')}`;
      const words = `${what} is ${holder}'s until that has gone: do it in two steps`;
      return [{ verb: 'FAIL', area: 'network', object: subject(change), text: words, ids: [id, holder], guard: 'fails', changes: [] }];
    }),
  );
}

function keysOf({ Type, Properties = {} }: Resource): readonly string[] {
  const names = unique[Type];
  if (!names) return [];
  const values = names.map((name) => Properties[name]);
  // Where AWS makes the name up, it is nobody else's.
  if (values.every((value) => value === undefined)) return [];
  return [[Type, ...values.map(part)].join('\n')];
}

const part = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? printed(value) || text(value) : String(value);
