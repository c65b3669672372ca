// Who stands behind a security group: the machines and load balancers that carry it.
import { references } from '../differ/references.ts';
import { objectOf, type Template } from '../template.ts';

const carriers: ReadonlySet<string> = new Set(['AWS::EC2::LaunchTemplate', 'AWS::EC2::Instance', 'AWS::EC2::NetworkInterface']);
const loadBalancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** Logical id of a security group -> keys of who carries it: objects, and logical ids of load balancers. */
export function holders(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    const key = resource.Type === loadBalancer ? id : carriers.has(resource.Type) ? (objectOf(resource) ?? id) : undefined;
    if (key === undefined) continue;
    for (const { to } of references(resource.Properties ?? {})) {
      if (template.Resources[to]?.Type !== 'AWS::EC2::SecurityGroup') continue;
      found.set(to, new Set([...(found.get(to) ?? []), key]));
    }
  }
  return found;
}

/** The security groups of the stack that a key carries. */
export const firewallsOf = (template: Template, key: string): readonly string[] =>
  [...holders(template)].flatMap(([id, keys]) => (keys.has(key) ? [id] : []));
