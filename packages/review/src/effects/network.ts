// Network: who may reach what, by which load balancers and under which names.
import { listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { shortObjectName } from '../phrases.ts';
import {
  groupOfRule,
  isEnvironmentMembers,
  isOpenToInternet,
  narrowedRules,
  rulesBeyond,
  rulesOfGroup,
  rulesOverlap,
  ruleText,
  type SecurityGroupRule,
  withoutHealthChecks,
} from '../securityGroupRules.ts';
import { objectOf } from '../template.ts';
import { describeChanges, type Effect, failedEffect, propertyChangesOf } from './effect.ts';

const securityGroupType = 'AWS::EC2::SecurityGroup';
const standaloneRuleTypes = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];
const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const targetGroupType = 'AWS::ElasticLoadBalancingV2::TargetGroup';

export function networkEffects(comparison: Comparison): readonly Effect[] {
  return [
    ...securityGroupEffects(comparison),
    ...changesOfType(comparison, loadBalancerType).map((change) => loadBalancerEffect(comparison, change)),
    ...changesOfType(comparison, targetGroupType).flatMap(interruptionEffects),
    ...(comparison.fresh ? [] : changesOfType(comparison, 'AWS::EC2::LaunchTemplate').flatMap(publicAddressEffects)),
  ];
}

/** One effect for each group whose rules change, wherever they stand. */
function securityGroupEffects(comparison: Comparison): readonly Effect[] {
  const { before, after, changes } = comparison;
  const own = changesOfType(comparison, securityGroupType);
  const besides = changesOfType(comparison, ...standaloneRuleTypes);
  const groupOf = (change: ResourceChange) =>
    groupOfRule((change.after ?? change.before) as NonNullable<ResourceChange['after']>);
  const ids = [...new Set([...own.map(({ id }) => id), ...besides.map((change) => groupOf(change) ?? change.id)])];
  return ids.map((id) => {
    const parts = [changes.get(id), ...besides.filter((change) => (groupOf(change) ?? change.id) === id)].filter(
      (each) => each !== undefined,
    );
    const [was, is] = [rulesOfGroup(before, id), rulesOfGroup(after, id)];
    return securityGroupEffect(comparison, id, parts, { was: withoutHealthChecks(was), is: withoutHealthChecks(is) });
  });
}

function securityGroupEffect(
  comparison: Comparison,
  id: string,
  parts: readonly ResourceChange[],
  { was, is }: { readonly was: readonly SecurityGroupRule[]; readonly is: readonly SecurityGroupRule[] },
): Effect {
  const { fresh } = comparison;
  const some = (rules: readonly SecurityGroupRule[]) =>
    abbreviatedList(rules.map((rule) => ruleText(rule, (peer) => peerName(comparison, peer))));
  const group = parts.find((part) => part.id === id);
  const base = {
    area: 'network' as const,
    object: parts[0] ? objectOfChange(parts[0]) : '',
    ids: [id, ...parts.map((part) => part.id).filter((part) => part !== id)],
    changes: parts.flatMap(propertyChangesOf),
  };
  if (group?.action === 'remove') return { ...base, verb: 'DESTROY', text: 'firewall' };
  const incoming = is.filter(({ direction }) => direction === 'in');
  if (group?.action === 'add') {
    const widens = !fresh && incoming.some(isOpenToInternet);
    const rules = incoming.length === 0 ? 'nothing comes in' : `in: ${some(incoming)}`;
    return { ...base, verb: 'CREATE', text: `firewall; ${rules}`, ...(widens && { guard: 'network' as const }) };
  }
  const opened = rulesBeyond(is, was);
  const differences = { opens: opened, closes: rulesBeyond(was, is), keeps: narrowedRules(is, was) };
  const words = Object.entries(differences).flatMap(([verb, rules]) =>
    rules.length > 0 ? [`${verb} ${some(rules)}`] : [],
  );
  const text = words.length === 0 ? 'firewall; it lets through what it did' : words.join('; ');
  const widens = opened.some((rule) => !isExpectedRule(comparison, rule, was));
  const widened = widens ? { guard: 'network' as const } : {};
  if (group && group.replacement !== 'never')
    return { ...base, ...widened, verb: 'REPLACE', text: `firewall${words.length > 0 ? `; ${text}` : ''}` };
  return { ...base, ...widened, verb: 'UPDATE', text };
}

/**
 * True for what every declared port gets: a port that was closed opens to machines of the environment, as in a cluster. What a new
 * firewall in front lets in is said of that one.
 */
const isExpectedRule = (
  { changes, after }: Comparison,
  rule: SecurityGroupRule,
  was: readonly SecurityGroupRule[],
): boolean =>
  changes.get(rule.peer)?.action === 'add' ||
  (!was.some((other) => rulesOverlap(other, rule)) &&
    (isInsideEnvironment(rule) ||
      (after.Resources[rule.peer] !== undefined &&
        rulesOfGroup(after, rule.peer).every((each) => each.direction === 'out' || isInsideEnvironment(each)))));

const isInsideEnvironment = ({ peer, machines }: SecurityGroupRule): boolean =>
  isEnvironmentMembers(peer) || machines === true;

/** A reviewer reads the first few; the rest are among the properties. */
export function abbreviatedList(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length <= 4
    ? listText(different)
    : `${different.slice(0, 3).join(', ')} and ${different.length - 3} more`;
}

/** A security group by whose it is: the environment's machines, or the object that it was made for. */
function peerName({ before, after }: Comparison, peer: string): string {
  if (isEnvironmentMembers(peer)) return 'all machines of the environment';
  const resource = after.Resources[peer] ?? before.Resources[peer];
  const object = objectOf(resource);
  return object === undefined ? peer : shortObjectName(object);
}

function loadBalancerEffect({ fresh }: Comparison, change: ResourceChange): Effect {
  const { id, action, before, after, replacement } = change;
  const { Scheme, Type = 'application', SecurityGroups } = (after ?? before)?.Properties ?? {};
  const what = `${Scheme === 'internal' ? 'internal' : 'public'} ${Type === 'network' ? 'network' : 'application'} load balancer`;
  const base = {
    area: 'network' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: propertyChangesOf(change),
  };
  // Where it has a firewall, that says who comes in.
  const opens = !fresh && Scheme !== 'internal' && !SecurityGroups;
  if (action === 'add') return { ...base, verb: 'CREATE', text: what, ...(opens && { guard: 'network' as const }) };
  if (action === 'remove') return { ...base, verb: 'DESTROY', text: `${what}, and its address`, guard: 'address' };
  if (replacement === 'refused') return failedEffect(base);
  if (replacement === 'never') return { ...base, verb: 'UPDATE', text: `${what}: ${describeChanges(change)}` };
  return { ...base, verb: 'REPLACE', text: `${what}: another address`, guard: 'address' };
}

/** Targets that become healthy in the new group only after the listener has gone over to it. */
const interruptionEffects = (change: ResourceChange): readonly Effect[] =>
  change.replacement === 'will' || change.replacement === 'may'
    ? [
        {
          verb: 'INTERRUPT',
          area: 'network',
          object: objectOfChange(change),
          ids: [change.id],
          text: `until its machines are healthy behind another target group (${describeChanges(change)})`,
          changes: propertyChangesOf(change),
        },
      ]
    : [];

/** Machines that get public addresses: whoever may reach them is then up to their firewalls alone. */
const publicAddressEffects = (change: ResourceChange): readonly Effect[] => {
  const found = change.changes.filter(
    ({ path, after }) => path[path.length - 1] === 'AssociatePublicIpAddress' && after === true,
  );
  if (found.length === 0) return [];
  const changes = propertyChangesOf({ id: change.id, changes: found });
  const text = 'machines get public addresses';
  return [
    {
      verb: 'UPDATE',
      area: 'network',
      object: objectOfChange(change),
      ids: [change.id],
      text,
      guard: 'network',
      changes,
    },
  ];
};
