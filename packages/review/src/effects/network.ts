// Network: who may reach what, by which load balancers and under which names.
import { type Comparison, changesOfType, subject } from '../comparison.ts';
import type { ResourceChange } from '../differ/resources.ts';
import { objectOf } from '../template.ts';
import { brief, listed } from '../words.ts';
import { type Effect, propertiesOf, refused } from './effect.ts';
import { beyond, fromEverywhere, groupNamed, isMembers, narrowed, overlaps, type Rule, rulesOf, ruleText, visible } from './firewall.ts';
import { inWords } from './inWords.ts';

const securityGroup = 'AWS::EC2::SecurityGroup';
const rulesBeside = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];
const loadBalancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const targetGroup = 'AWS::ElasticLoadBalancingV2::TargetGroup';

export function network(comparison: Comparison): readonly Effect[] {
  return [
    ...firewalls(comparison),
    ...changesOfType(comparison, loadBalancer).map((change) => ofBalancer(comparison, change)),
    ...changesOfType(comparison, targetGroup).flatMap(interrupted),
    ...(comparison.fresh ? [] : changesOfType(comparison, 'AWS::EC2::LaunchTemplate').flatMap(addressed)),
  ];
}

/** One effect for each group whose rules change, wherever they stand. */
function firewalls(comparison: Comparison): readonly Effect[] {
  const { before, after, changes } = comparison;
  const own = changesOfType(comparison, securityGroup);
  const besides = changesOfType(comparison, ...rulesBeside);
  const groupOf = (change: ResourceChange) => groupNamed((change.after ?? change.before) as NonNullable<ResourceChange['after']>);
  const ids = [...new Set([...own.map(({ id }) => id), ...besides.map((change) => groupOf(change) ?? change.id)])];
  return ids.map((id) => {
    const parts = [changes.get(id), ...besides.filter((change) => (groupOf(change) ?? change.id) === id)].filter(
      (each) => each !== undefined,
    );
    const [was, is] = [rulesOf(before, id), rulesOf(after, id)];
    return firewall(comparison, id, parts, { was: visible(was), is: visible(is) });
  });
}

function firewall(
  comparison: Comparison,
  id: string,
  parts: readonly ResourceChange[],
  { was, is }: { readonly was: readonly Rule[]; readonly is: readonly Rule[] },
): Effect {
  const { fresh } = comparison;
  const some = (rules: readonly Rule[]) => inShort(rules.map((rule) => ruleText(rule, (peer) => peerName(comparison, peer))));
  const group = parts.find((part) => part.id === id);
  const base = {
    area: 'network' as const,
    object: parts[0] ? subject(parts[0]) : '',
    ids: [id, ...parts.map((part) => part.id).filter((part) => part !== id)],
    changes: parts.flatMap(propertiesOf),
  };
  if (group?.action === 'remove') return { ...base, verb: 'DESTROY', text: 'firewall' };
  const incoming = is.filter(({ direction }) => direction === 'in');
  if (group?.action === 'add') {
    const widens = !fresh && incoming.some(fromEverywhere);
    const rules = incoming.length === 0 ? 'nothing comes in' : `in: ${some(incoming)}`;
    return { ...base, verb: 'CREATE', text: `firewall; ${rules}`, ...(widens && { guard: 'network' as const }) };
  }
  const opened = beyond(is, was);
  const differences = { opens: opened, closes: beyond(was, is), keeps: narrowed(is, was) };
  const words = Object.entries(differences).flatMap(([verb, rules]) => (rules.length > 0 ? [`${verb} ${some(rules)}`] : []));
  const text = words.length === 0 ? 'firewall; it lets through what it did' : words.join('; ');
  const widens = opened.some((rule) => !isUsual(comparison, rule, was));
  const widened = widens ? { guard: 'network' as const } : {};
  if (group && group.replacement !== 'never')
    return { ...base, ...widened, verb: 'REPLACE', text: `firewall${words.length > 0 ? `; ${text}` : ''}` };
  return { ...base, ...widened, verb: 'UPDATE', text };
}

/**
 * True for what every declared port gets: a port that was closed opens to machines of the environment, as in a cluster. What a new
 * firewall in front lets in is said of that one.
 */
const isUsual = ({ changes, after }: Comparison, rule: Rule, was: readonly Rule[]): boolean =>
  changes.get(rule.peer)?.action === 'add' ||
  (!was.some((other) => overlaps(other, rule)) &&
    (isInside(rule) ||
      (after.Resources[rule.peer] !== undefined && rulesOf(after, rule.peer).every((each) => each.direction === 'out' || isInside(each)))));

const isInside = ({ peer, machines }: Rule): boolean => isMembers(peer) || machines === true;

/** A reviewer reads the first few; the rest are among the properties. */
export function inShort(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length <= 4 ? listed(different) : `${different.slice(0, 3).join(', ')} and ${different.length - 3} more`;
}

/** A security group by whose it is: the environment's machines, or the object that it was made for. */
function peerName({ before, after }: Comparison, peer: string): string {
  if (isMembers(peer)) return 'all machines of the environment';
  const resource = after.Resources[peer] ?? before.Resources[peer];
  const object = objectOf(resource);
  return object === undefined ? peer : brief(object);
}

function ofBalancer({ fresh }: Comparison, change: ResourceChange): Effect {
  const { id, action, before, after, replacement } = change;
  const { Scheme, Type = 'application', SecurityGroups } = (after ?? before)?.Properties ?? {};
  const what = `${Scheme === 'internal' ? 'internal' : 'public'} ${Type === 'network' ? 'network' : 'application'} load balancer`;
  const base = { area: 'network' as const, object: subject(change), ids: [id], changes: propertiesOf(change) };
  // Where it has a firewall, that says who comes in.
  const opens = !fresh && Scheme !== 'internal' && !SecurityGroups;
  if (action === 'add') return { ...base, verb: 'CREATE', text: what, ...(opens && { guard: 'network' as const }) };
  if (action === 'remove') return { ...base, verb: 'DESTROY', text: `${what}, and its address`, guard: 'address' };
  if (replacement === 'refused') return refused(base);
  if (replacement === 'never') return { ...base, verb: 'UPDATE', text: `${what}: ${inWords(change)}` };
  return { ...base, verb: 'REPLACE', text: `${what}: another address`, guard: 'address' };
}

/** Targets that become healthy in the new group only after the listener has gone over to it. */
const interrupted = (change: ResourceChange): readonly Effect[] =>
  change.replacement === 'will' || change.replacement === 'may'
    ? [
        {
          verb: 'INTERRUPT',
          area: 'network',
          object: subject(change),
          ids: [change.id],
          text: `until its machines are healthy behind another target group (${inWords(change)})`,
          changes: propertiesOf(change),
        },
      ]
    : [];

/** Machines that get public addresses: whoever may reach them is then up to their firewalls alone. */
const addressed = (change: ResourceChange): readonly Effect[] => {
  const found = change.changes.filter(({ path, after }) => path[path.length - 1] === 'AssociatePublicIpAddress' && after === true);
  if (found.length === 0) return [];
  const changes = propertiesOf({ id: change.id, changes: found });
  const text = 'machines get public addresses';
  return [{ verb: 'UPDATE', area: 'network', object: subject(change), ids: [change.id], text, guard: 'network', changes }];
};
