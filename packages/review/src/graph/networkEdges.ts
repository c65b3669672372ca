// Who may talk to whom, as the rules of the security groups say: the internet, the environment's machines, other workloads, policies.

import { shortObjectName } from '../phrases.ts';
import {
  isEnvironmentMembers,
  portsText,
  rulesOfGroup,
  type SecurityGroupRule,
  withoutHealthChecks,
} from '../securityGroupRules.ts';
import type { Template } from '../template.ts';
import type { KeyedEdge, KeyedNode } from './graph.ts';
import { isInternal, resourcesOfType, securityGroupMembers } from './nodes.ts';

export function networkEdges(template: Template): readonly KeyedEdge[] {
  const held = securityGroupMembers(template);
  return resourcesOfType(template, 'AWS::EC2::SecurityGroup').flatMap(([id]) => {
    const rules = withoutHealthChecks(rulesOfGroup(template, id)).filter(({ direction }) => direction === 'in');
    return [...(held.get(id) ?? [])].flatMap((to) => [
      ...edgesInsideStack(template, rules, to, held),
      ...edgesFromOutside(template, rules, to),
    ]);
  });
}

/** From what carries a group of the stack; what a load balancer sends is told of its listeners. */
const edgesInsideStack = (
  template: Template,
  rules: readonly SecurityGroupRule[],
  to: string,
  held: ReturnType<typeof securityGroupMembers>,
): readonly KeyedEdge[] =>
  rules.flatMap((rule) =>
    [...((!isAppMembersGroup(rule.peer) && held.get(rule.peer)) || [])]
      .filter((from) => template.Resources[from]?.Type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer')
      .map((from) => ({ from, to, sort: 'traffic', label: ruleLabel(rule) }) as const),
  );

/** From everybody else; the ranges that one port is open to are one node. */
function edgesFromOutside(template: Template, rules: readonly SecurityGroupRule[], to: string): readonly KeyedEdge[] {
  const foreign = rules.filter(({ peer }) => !template.Resources[peer] || isAppMembersGroup(peer));
  const ports = [...new Set(foreign.map(ruleLabel))];
  return ports.flatMap((label) => {
    const peers = foreign.filter((rule) => ruleLabel(rule) === label).map(({ peer }) => peer);
    const ranges = peers.filter((peer) => isRange(peer) && !isAnyAddress(peer)).sort();
    const single = [...new Set(peers.filter((peer) => !ranges.includes(peer)))].map((peer) =>
      outsideNode(template, peer, to),
    );
    const things = ranges.length > 0 ? [...single, rangesNode(ranges)] : single;
    return things.map((thing) => ({ from: thing.key, to, sort: 'traffic', label, outside: thing }) as const);
  });
}

const isRange = (peer: string): boolean => /^[\da-f.:]+\/\d+$/i.test(peer);
const isAnyAddress = (peer: string): boolean => peer === '0.0.0.0/0' || peer === '::/0';
const isAppMembersGroup = (peer: string): boolean => peer === 'AppMembers';

/** A policy is named: it is why. */
const ruleLabel = (rule: SecurityGroupRule): string => {
  const policy = rule.because?.startsWith('NetworkPolicy/') ? ` by ${shortObjectName(rule.because)}` : '';
  return `${portsText(rule)}${policy}`;
};

function outsideNode(template: Template, peer: string, to: string): KeyedNode {
  const thing = (key: string, title: string, ...lines: readonly string[]): KeyedNode => ({
    key: `outside ${key}`,
    sort: 'outside',
    title,
    lines,
  });
  if (isEnvironmentMembers(peer)) return thing('members', 'all machines of the environment');
  if (isAppMembersGroup(peer)) return thing('app', 'all machines of the app');
  if (!isAnyAddress(peer)) return thing(peer, peer);
  // Machines and internal load balancers have no public address: everybody is whoever the network lets come.
  const isPublic =
    template.Resources[to]?.Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && !isInternal(template, to);
  return isPublic ? thing('internet', 'the internet') : thing('any', 'any address', 'that reaches the network');
}

function rangesNode(ranges: readonly string[]): KeyedNode {
  const [first = ''] = ranges;
  const title = ranges.length === 1 ? first : `${first} and ${ranges.length - 1} more ranges`;
  return { key: `outside ${ranges.join(' ')}`, sort: 'outside', title, lines: [] };
}
