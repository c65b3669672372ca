// What a load balancer sends where: its listeners and their rules, by the Service or Ingress that asked for them.
import { references } from '../differ/references.ts';
import { printed } from '../render/value.ts';
import { isList, isObject, type Json, objectOf, type Resource, refOf, type Template } from '../template.ts';
import { brief } from '../words.ts';
import type { Link, Thing } from './model.ts';
import { ofType, ownerOf } from './things.ts';

export function routed(template: Template): readonly Link[] {
  const served = targets(template);
  const links = (resource: Resource, listener: Resource | undefined, actions: Json | undefined, where: string): readonly Link[] => {
    const { LoadBalancerArn = resource.Properties?.['ListenerArn'] ?? '', Protocol, Port } = listener?.Properties ?? {};
    const door = listener ? ` ${String(Protocol).toLowerCase()}/${String(Port)}` : '';
    const label = `${brief(objectOf(resource) ?? '')}${door}${where}`.trim();
    const own = refOf(LoadBalancerArn);
    const stranger: Thing | undefined =
      own !== undefined && template.Resources[own]
        ? undefined
        : { key: printed(LoadBalancerArn), sort: 'balancer', title: 'load balancer of others', lines: [printed(LoadBalancerArn)] };
    const groups = references(actions ?? []).map(({ to }) => to);
    return [...new Set(groups)].flatMap((id) =>
      [...(served.get(id) ?? [])].map(
        (to) => ({ from: stranger?.key ?? own ?? '', to, sort: 'traffic', label, ...(stranger && { outside: stranger }) }) as const,
      ),
    );
  };
  return [
    ...ofType(template, 'AWS::ElasticLoadBalancingV2::Listener').flatMap(([, listener]) =>
      links(listener, listener, listener.Properties?.['DefaultActions'], ''),
    ),
    ...ofType(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').flatMap(([, rule]) => {
      const listener = template.Resources[refOf(rule.Properties?.['ListenerArn']) ?? ''];
      return links(rule, listener, rule.Properties?.['Actions'], conditionsOf(rule));
    }),
  ];
}

/** Target group -> keys of who serves it. */
function targets(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (id: string, key: string) => found.set(id, new Set([...(found.get(id) ?? []), key]));
  for (const [id, resource] of ofType(template, 'AWS::AutoScaling::AutoScalingGroup')) {
    for (const { to } of references(resource.Properties?.['TargetGroupARNs'] ?? [])) add(to, ownerOf(id, resource));
  }
  for (const [id, { Properties }] of ofType(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
    for (const { to } of references(Properties?.['Targets'] ?? [])) add(id, ownerOf(to, template.Resources[to]));
  }
  return found;
}

/** ` shop.example.com/css`: the first of each that a rule asks for. */
function conditionsOf({ Properties = {} }: Resource): string {
  const conditions = isList(Properties['Conditions']) ? Properties['Conditions'] : [];
  const values = (field: string, config: string) =>
    conditions.flatMap((each) => {
      const inner = isObject(each) && each['Field'] === field ? (each[config] ?? each) : undefined;
      return isObject(inner) && isList(inner['Values']) ? inner['Values'].map(String) : [];
    });
  const some = ([first, ...rest]: readonly string[]) => (first === undefined ? '' : `${first}${rest.length > 0 ? ', …' : ''}`);
  const where = `${some(values('host-header', 'HostHeaderConfig'))}${some(values('path-pattern', 'PathPatternConfig'))}`;
  return where === '' ? '' : ` ${where}`;
}
