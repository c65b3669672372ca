// Edges from load balancers to their targets: listeners and their rules, labelled by the Service or Ingress that they
// belong to.
import { isObject, type Json } from '@i2kit/common';
import { referencesIn } from '../diff/references.ts';
import { shortObjectName } from '../phrases.ts';
import { valueText } from '../render/format.ts';
import { isList, objectOf, type Resource, refOf, type Template } from '../template.ts';
import { nodeKeyOf, resourcesOfType } from './nodes.ts';
import type { KeyedEdge, KeyedNode } from './types.ts';

export function loadBalancerEdges(template: Template): readonly KeyedEdge[] {
  const served = targetGroupMembers(template);
  const links = (
    resource: Resource,
    listener: Resource | undefined,
    actions: Json | undefined,
    where: string,
  ): readonly KeyedEdge[] => {
    const { LoadBalancerArn = resource.Properties?.['ListenerArn'] ?? '', Protocol, Port } = listener?.Properties ?? {};
    const endpoint = listener ? ` ${String(Protocol).toLowerCase()}/${String(Port)}` : '';
    const label = `${shortObjectName(objectOf(resource) ?? '')}${endpoint}${where}`.trim();
    const own = refOf(LoadBalancerArn);
    const external: KeyedNode | undefined =
      own !== undefined && template.Resources[own]
        ? undefined
        : {
            key: valueText(LoadBalancerArn),
            kind: 'balancer',
            title: 'existing load balancer',
            lines: [valueText(LoadBalancerArn)],
          };
    const groups = referencesIn(actions ?? []).map(({ to }) => to);
    return [...new Set(groups)].flatMap((id) =>
      [...(served.get(id) ?? [])].map(
        (to) =>
          ({
            from: external?.key ?? own ?? '',
            to,
            kind: 'traffic',
            label,
            ...(external && { outside: external }),
          }) as const,
      ),
    );
  };
  return [
    ...resourcesOfType(template, 'AWS::ElasticLoadBalancingV2::Listener').flatMap(([, listener]) =>
      links(listener, listener, listener.Properties?.['DefaultActions'], ''),
    ),
    ...resourcesOfType(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').flatMap(([, rule]) => {
      const listener = template.Resources[refOf(rule.Properties?.['ListenerArn']) ?? ''];
      return links(rule, listener, rule.Properties?.['Actions'], conditionText(rule));
    }),
  ];
}

/** Target group → keys of its members. */
function targetGroupMembers(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (id: string, key: string) => found.set(id, new Set([...(found.get(id) ?? []), key]));
  for (const [id, resource] of resourcesOfType(template, 'AWS::AutoScaling::AutoScalingGroup')) {
    for (const { to } of referencesIn(resource.Properties?.['TargetGroupARNs'] ?? [])) add(to, nodeKeyOf(id, resource));
  }
  for (const [id, { Properties }] of resourcesOfType(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
    for (const { to } of referencesIn(Properties?.['Targets'] ?? [])) add(id, nodeKeyOf(to, template.Resources[to]));
  }
  return found;
}

/** ` shop.example.com/css`: the first host and the first path of a rule. */
function conditionText({ Properties = {} }: Resource): string {
  const conditions = isList(Properties['Conditions']) ? Properties['Conditions'] : [];
  const values = (field: string, config: string) =>
    conditions.flatMap((each) => {
      const inner = isObject(each) && each['Field'] === field ? (each[config] ?? each) : undefined;
      return isObject(inner) && isList(inner['Values']) ? inner['Values'].map(String) : [];
    });
  const some = ([first, ...rest]: readonly string[]) =>
    first === undefined ? '' : `${first}${rest.length > 0 ? ', …' : ''}`;
  const where = `${some(values('host-header', 'HostHeaderConfig'))}${some(values('path-pattern', 'PathPatternConfig'))}`;
  return where === '' ? '' : ` ${where}`;
}
