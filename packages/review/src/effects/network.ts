// Effects on the network: security groups, load balancers, public addresses.
import { listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { groupHolders } from '../machineSettings.ts';
import { shortObjectName } from '../phrases.ts';
import { isOpenToOutside, narrowedRules, rulesBeyond, rulesOverlap } from '../ruleCoverage.ts';
import {
  defaultEgress,
  groupOfRule,
  isEnvironmentMembers,
  lacksEgressList,
  rulesOfGroup,
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
  ];
}

/** One effect per security group whose rules change, inside of it or in resources of their own. */
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
    return securityGroupEffect(comparison, id, parts, {
      rulesBefore: withoutHealthChecks(rulesOfGroup(before, id)),
      rulesAfter: withoutHealthChecks([
        ...rulesOfGroup(after, id),
        // Rules in resources of their own need not replace the default, which a list of the group has replaced so far.
        ...(lacksEgressList(after, id) && before.Resources[id] && !lacksEgressList(before, id) ? defaultEgress : []),
      ]),
    });
  });
}

function securityGroupEffect(
  comparison: Comparison,
  id: string,
  parts: readonly ResourceChange[],
  {
    rulesBefore,
    rulesAfter,
  }: { readonly rulesBefore: readonly SecurityGroupRule[]; readonly rulesAfter: readonly SecurityGroupRule[] },
): Effect {
  const { fresh } = comparison;
  const some = (rules: readonly SecurityGroupRule[]) =>
    abbreviatedList(rules.map((rule) => ruleText(rule, (peer) => peerName(comparison, peer))));
  const group = parts.find((part) => part.id === id);
  const base = {
    area: 'network' as const,
    object: parts[0] ? objectOfChange(parts[0]) : '',
    ids: [id, ...parts.map((part) => part.id).filter((part) => part !== id)],
    changes: parts.flatMap((part) => [...propertyChangesOf(part), ...removedRules(comparison, id, part)]),
  };
  if (group?.action === 'remove') return { ...base, verb: 'DESTROY', text: 'security group' };
  const incoming = rulesAfter.filter(({ direction }) => direction === 'in');
  if (group?.action === 'add') {
    const widens = !fresh && incoming.some(isOpenToOutside);
    const rules = incoming.length === 0 ? 'no incoming traffic' : `in: ${some(incoming)}`;
    const texts = new Set(rulesAfter.map((rule) => ruleText(rule, (peer) => peerName(comparison, peer))));
    const changes = [
      ...[...texts].map((after) => ({ id, path: ['(rule)'], after, replacement: 'never' as const })),
      ...propertyChangesOf(group),
    ];
    const guarded = widens ? { guard: 'network' as const } : {};
    return { ...base, ...guarded, verb: 'CREATE', text: `security group; ${rules}`, changes };
  }
  const opened = rulesBeyond(rulesAfter, rulesBefore);
  const differences = {
    opens: opened,
    closes: rulesBeyond(rulesBefore, rulesAfter),
    keeps: narrowedRules(rulesAfter, rulesBefore),
  };
  const words = Object.entries(differences).flatMap(([verb, rules]) =>
    rules.length > 0 ? [`${verb} ${some(rules)}`] : [],
  );
  const text = words.length === 0 ? 'security group; it allows the same traffic' : words.join('; ');
  const widens = !fresh && opened.some((rule) => !isExpectedRule(comparison, rule, rulesBefore));
  const widened = widens ? { guard: 'network' as const } : {};
  if (group && group.replacement !== 'never')
    return { ...base, ...widened, verb: 'REPLACE', text: `security group${words.length > 0 ? `; ${text}` : ''}` };
  return { ...base, ...widened, verb: 'UPDATE', text };
}

/** A rule in a resource of its own that goes: the resource has no changed property. */
function removedRules(
  comparison: Comparison,
  group: string,
  { id, action, before }: ResourceChange,
): Effect['changes'] {
  if (action !== 'remove' || before === undefined) return [];
  return rulesOfGroup({ Resources: { [id]: before } }, group).map((rule) => ({
    id,
    path: ['(rule)'],
    before: ruleText(rule, (peer) => peerName(comparison, peer)),
    replacement: 'never' as const,
  }));
}

/**
 * True for rules that every declared port gets: a closed port opens to machines of the environment, as in a cluster.
 * Rules of a new security group are reported with that group, unless it also joins machines or load balancers that exist.
 */
const isExpectedRule = (
  { changes, before, after }: Comparison,
  rule: SecurityGroupRule,
  rulesBefore: readonly SecurityGroupRule[],
): boolean =>
  (changes.get(rule.peer)?.action === 'add' &&
    !(groupHolders(after).get(rule.peer) ?? []).some((holder) => before.Resources[holder] !== undefined)) ||
  (!rulesBefore.some((other) => rulesOverlap(other, rule)) &&
    (isInsideEnvironment(rule) ||
      (after.Resources[rule.peer] !== undefined &&
        rulesOfGroup(after, rule.peer).every((each) => each.direction === 'out' || isInsideEnvironment(each)))));

const isInsideEnvironment = ({ peer, machines }: SecurityGroupRule): boolean =>
  isEnvironmentMembers(peer) || machines === true;

/** The first rules; the others are among the changed properties. */
export function abbreviatedList(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length <= 4
    ? listText(different)
    : `${different.slice(0, 3).join(', ')} and ${different.length - 3} more`;
}

/** Name of a security group: the environment's machines, or the object that it was created for. */
function peerName({ before, after }: Comparison, peer: string): string {
  if (isEnvironmentMembers(peer)) return 'all machines of the environment';
  if (peer.startsWith('{')) return `an unknown peer ${peer}`;
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
  // The rules of its security groups decide who can connect; which groups it has is compared elsewhere.
  const opens = !fresh && Scheme !== 'internal' && !SecurityGroups;
  if (action === 'add') return { ...base, verb: 'CREATE', text: what, ...(opens && { guard: 'network' as const }) };
  if (action === 'remove') return { ...base, verb: 'DESTROY', text: `${what}, and its address`, guard: 'address' };
  if (replacement === 'refused') return failedEffect(base);
  if (replacement === 'never') return { ...base, verb: 'UPDATE', text: `${what}: ${describeChanges(change)}` };
  return { ...base, verb: 'REPLACE', text: `${what}: its address changes`, guard: 'address' };
}

/** Targets become healthy in the new target group only after the listener has switched to it. */
const interruptionEffects = (change: ResourceChange): readonly Effect[] =>
  change.replacement === 'will' || change.replacement === 'may'
    ? [
        {
          verb: 'INTERRUPT',
          area: 'network',
          object: objectOfChange(change),
          ids: [change.id],
          text: `until the machines are healthy in another target group (${describeChanges(change)})`,
          changes: propertyChangesOf(change),
        },
      ]
    : [];
