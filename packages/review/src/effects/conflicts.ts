// Finds names that are unique in AWS and would exist twice for a moment: CloudFormation creates and changes before it
// deletes.
import { canonicalJson, type Json } from '@i2kit/common';
import { type Comparison, objectOfChange } from '../comparison.ts';
import { typeNoun } from '../phrases.ts';
import { valueText } from '../render/format.ts';
import type { Resource } from '../template.ts';
import type { Effect } from './effect.ts';

/** Resource type → properties that are unique in combination. */
const uniqueProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn', 'Port'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['ListenerArn', 'Priority'],
  'AWS::Route53::RecordSet': ['HostedZoneId', 'Name', 'Type', 'SetIdentifier'],
  'AWS::SSM::Parameter': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::IAM::Role': ['RoleName'],
  'AWS::AutoScaling::AutoScalingGroup': ['AutoScalingGroupName'],
};

export function conflictEffects(comparison: Comparison): readonly Effect[] {
  const { before, after, changes } = comparison;
  const holders = new Map(
    Object.entries(before.Resources).flatMap(([id, resource]) =>
      uniqueKeysOf(resource).map((key) => [key, id] as const),
    ),
  );
  return Object.entries(after.Resources).flatMap(([id, resource]) =>
    uniqueKeysOf(resource).flatMap((key): readonly Effect[] => {
      const holder = holders.get(key);
      const change = changes.get(id);
      if (holder === undefined || holder === id || !change) return [];
      const [type, ...values] = key.split('\n');
      const what = `${typeNoun(type ?? '')} ${values.filter(Boolean).join(' ')}`;
      const words = `${what} belongs to ${holder} until that is deleted: deploy in two steps`;
      return [
        {
          verb: 'FAIL',
          area: 'network',
          object: objectOfChange(change),
          text: words,
          ids: [id, holder],
          guard: 'fails',
          changes: [],
        },
      ];
    }),
  );
}

function uniqueKeysOf({ Type, Properties = {} }: Resource): readonly string[] {
  const names = uniqueProperties[Type];
  if (!names) return [];
  const values = names.map((name) => Properties[name]);
  // A name that AWS generates conflicts with nothing.
  if (values.every((value) => value === undefined)) return [];
  return [[Type, ...values.map(keyPart)].join('\n')];
}

const keyPart = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? valueText(value) || canonicalJson(value) : String(value);
