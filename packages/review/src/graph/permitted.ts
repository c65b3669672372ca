// Who may talk to whom, as the rules of the security groups say: the internet, the environment's machines, other workloads, policies.
import { isMembers, portsText, type Rule, rulesOf, visible } from '../effects/firewall.ts';
import type { Template } from '../template.ts';
import { brief } from '../words.ts';
import { holders } from './holders.ts';
import type { Link, Thing } from './model.ts';
import { isInternal, ofType } from './things.ts';

export function permitted(template: Template): readonly Link[] {
  const held = holders(template);
  return ofType(template, 'AWS::EC2::SecurityGroup').flatMap(([id]) => {
    const rules = visible(rulesOf(template, id)).filter(({ direction }) => direction === 'in');
    return [...(held.get(id) ?? [])].flatMap((to) => [...inside(template, rules, to, held), ...outside(template, rules, to)]);
  });
}

/** From what carries a group of the stack; what a load balancer sends is told of its listeners. */
const inside = (template: Template, rules: readonly Rule[], to: string, held: ReturnType<typeof holders>): readonly Link[] =>
  rules.flatMap((rule) =>
    [...((!isMembersGroup(rule.peer) && held.get(rule.peer)) || [])]
      .filter((from) => template.Resources[from]?.Type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer')
      .map((from) => ({ from, to, sort: 'traffic', label: labelOf(rule) }) as const),
  );

/** From everybody else; the ranges that one port is open to are one node. */
function outside(template: Template, rules: readonly Rule[], to: string): readonly Link[] {
  const foreign = rules.filter(({ peer }) => !template.Resources[peer] || isMembersGroup(peer));
  const ports = [...new Set(foreign.map(labelOf))];
  return ports.flatMap((label) => {
    const peers = foreign.filter((rule) => labelOf(rule) === label).map(({ peer }) => peer);
    const ranges = peers.filter((peer) => isRange(peer) && !isEverybody(peer)).sort();
    const single = [...new Set(peers.filter((peer) => !ranges.includes(peer)))].map((peer) => strangerOf(template, peer, to));
    const things = ranges.length > 0 ? [...single, rangesOf(ranges)] : single;
    return things.map((thing) => ({ from: thing.key, to, sort: 'traffic', label, outside: thing }) as const);
  });
}

const isRange = (peer: string): boolean => /^[\da-f.:]+\/\d+$/i.test(peer);
const isEverybody = (peer: string): boolean => peer === '0.0.0.0/0' || peer === '::/0';
const isMembersGroup = (peer: string): boolean => peer === 'AppMembers';

/** A policy is named: it is why. */
const labelOf = (rule: Rule): string => {
  const policy = rule.because?.startsWith('NetworkPolicy/') ? ` by ${brief(rule.because)}` : '';
  return `${portsText(rule)}${policy}`;
};

function strangerOf(template: Template, peer: string, to: string): Thing {
  const thing = (key: string, title: string, ...lines: readonly string[]): Thing => ({
    key: `outside ${key}`,
    sort: 'outside',
    title,
    lines,
  });
  if (isMembers(peer)) return thing('members', 'all machines of the environment');
  if (isMembersGroup(peer)) return thing('app', 'all machines of the app');
  if (!isEverybody(peer)) return thing(peer, peer);
  // Machines and internal load balancers have no public address: everybody is whoever the network lets come.
  const isPublic = template.Resources[to]?.Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && !isInternal(template, to);
  return isPublic ? thing('internet', 'the internet') : thing('any', 'any address', 'that reaches the network');
}

function rangesOf(ranges: readonly string[]): Thing {
  const [first = ''] = ranges;
  const title = ranges.length === 1 ? first : `${first} and ${ranges.length - 1} more ranges`;
  return { key: `outside ${ranges.join(' ')}`, sort: 'outside', title, lines: [] };
}
