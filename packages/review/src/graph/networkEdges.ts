// Edges of allowed traffic, from the rules of security groups: the internet, the environment's machines, other
// workloads, policies.

import { shortObjectName } from '../phrases.ts';
import {
  isEnvironmentMembers,
  portsText,
  rulesOfGroup,
  type SecurityGroupRule,
  withoutHealthChecks,
} from '../securityGroupRules.ts';
import type { Template } from '../template.ts';
import { isInternal, resourcesOfType, securityGroupMembers } from './nodes.ts';
import type { KeyedEdge, KeyedNode } from './types.ts';

export function networkEdges(template: Template): readonly KeyedEdge[] {
  const members = securityGroupMembers(template);
  return resourcesOfType(template, 'AWS::EC2::SecurityGroup').flatMap(([id]) => {
    const rules = withoutHealthChecks(rulesOfGroup(template, id)).filter(({ direction }) => direction === 'in');
    return [...(members.get(id) ?? [])].flatMap((to) => [
      ...edgesInsideStack(template, rules, to, members),
      ...edgesFromOutside(template, rules, to),
    ]);
  });
}

/** Sources inside of the stack; load balancers are left out, as their listeners have edges of their own. */
const edgesInsideStack = (
  template: Template,
  rules: readonly SecurityGroupRule[],
  to: string,
  members: ReturnType<typeof securityGroupMembers>,
): readonly KeyedEdge[] =>
  rules.flatMap((rule) =>
    [...((!isAppMembersGroup(rule.peer) && members.get(rule.peer)) || [])]
      .filter((from) => template.Resources[from]?.Type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer')
      .map((from) => ({ from, to, kind: 'traffic', label: ruleLabel(rule) }) as const),
  );

/** Sources outside of the stack; all address ranges with the same ports are one node. */
function edgesFromOutside(template: Template, rules: readonly SecurityGroupRule[], to: string): readonly KeyedEdge[] {
  const external = rules.filter(({ peer }) => !template.Resources[peer] || isAppMembersGroup(peer));
  const ports = [...new Set(external.map(ruleLabel))];
  return ports.flatMap((label) => {
    const peers = external.filter((rule) => ruleLabel(rule) === label).map(({ peer }) => peer);
    const ranges = peers.filter((peer) => isRange(peer) && !isAnyAddress(peer)).sort();
    const single = [...new Set(peers.filter((peer) => !ranges.includes(peer)))].map((peer) =>
      outsideNode(template, peer, to),
    );
    const things = ranges.length > 0 ? [...single, rangesNode(ranges)] : single;
    return things.map((thing) => ({ from: thing.key, to, kind: 'traffic', label, outside: thing }) as const);
  });
}

const isRange = (peer: string): boolean => /^[\da-f.:]+\/\d+$/i.test(peer);
const isAnyAddress = (peer: string): boolean => peer === '0.0.0.0/0' || peer === '::/0';
const isAppMembersGroup = (peer: string): boolean => peer === 'AppMembers';

/** A NetworkPolicy is named, as it is the reason for the rule. */
const ruleLabel = (rule: SecurityGroupRule): string => {
  const policy = rule.requestedBy?.startsWith('NetworkPolicy/') ? ` by ${shortObjectName(rule.requestedBy)}` : '';
  return `${portsText(rule)}${policy}`;
};

function outsideNode(template: Template, peer: string, to: string): KeyedNode {
  const thing = (key: string, title: string, ...lines: readonly string[]): KeyedNode => ({
    key: `outside ${key}`,
    kind: 'outside',
    title,
    lines,
  });
  if (isEnvironmentMembers(peer)) return thing('members', 'all machines of the environment');
  if (isAppMembersGroup(peer)) return thing('app', 'all machines of the app');
  if (!isAnyAddress(peer)) return thing(peer, peer);
  // Machines and internal load balancers have no public address: only traffic inside the network reaches them.
  const isPublic =
    template.Resources[to]?.Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && !isInternal(template, to);
  return isPublic ? thing('internet', 'the internet') : thing('any', 'any address', 'inside the network');
}

function rangesNode(ranges: readonly string[]): KeyedNode {
  const [first = ''] = ranges;
  const title = ranges.length === 1 ? first : `${first} and ${ranges.length - 1} more ranges`;
  return { key: `outside ${ranges.join(' ')}`, kind: 'outside', title, lines: [] };
}
