// Under which names load balancers and machines answer.
import { references } from '../differ/references.ts';
import { printed } from '../render/value.ts';
import type { Template } from '../template.ts';
import { ofType, ownerOf } from './things.ts';

/** Key of a node -> names, without the dot at their end. */
export function names(template: Template): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [, { Properties = {} }] of ofType(template, 'AWS::Route53::RecordSet')) {
    const name = printed(Properties['Name']).replace(/\.$/, '');
    for (const { to } of references([Properties['AliasTarget'] ?? '', Properties['ResourceRecords'] ?? ''])) {
      const resource = template.Resources[to];
      const key = resource?.Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' ? to : ownerOf(to, resource);
      found.set(key, [...(found.get(key) ?? []), name]);
    }
  }
  return found;
}
