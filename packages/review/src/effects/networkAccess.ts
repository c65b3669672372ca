// Effects on who reaches existing machines and load balancers: security groups that they join, and public addresses.
import { isSameJson, listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { networkHolderTypes, publicAddressesOf, securityGroupsOf } from '../machineSettings.ts';
import { shortObjectName } from '../phrases.ts';
import { isEnvironmentMembers } from '../securityGroupRules.ts';
import { objectOf } from '../template.ts';
import { type Effect, propertyChangesOf } from './effect.ts';

const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const addressTypes = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'];

/** In addition to the effects of the machines themselves. */
export function networkAccessEffects(comparison: Comparison): readonly Effect[] {
  if (comparison.fresh) return [];
  const holders = changesOfType(comparison, ...networkHolderTypes).filter(({ action }) => action !== 'remove');
  return [
    ...holders.flatMap((change) => membershipEffects(comparison, change)),
    ...holders.flatMap(publicAddressEffects),
    ...changesOfType(comparison, loadBalancerType).flatMap(publicBalancerEffects),
    ...changesOfType(comparison, ...addressTypes).flatMap(fixedAddressEffects),
  ];
}

const networkEffect = (change: ResourceChange, text: string, changes: Effect['changes'] = []): Effect => ({
  verb: 'UPDATE',
  area: 'network',
  object: objectOfChange(change),
  text,
  ids: [change.id],
  guard: 'network',
  changes,
});

function membershipEffects(comparison: Comparison, change: ResourceChange): readonly Effect[] {
  const [had, has] = [securityGroupsOf(change.before), securityGroupsOf(change.after)];
  if (had.length > 0 && has.length === 0)
    return [networkEffect(change, 'loses its security groups: the default group of the network applies')];
  const joined = has.filter((group) => !had.includes(group) && !isOwnGroup(comparison, change, group));
  if (joined.length === 0) return [];
  const names = joined.map((group) => groupName(comparison, group));
  return [networkEffect(change, `joins security groups: ${listText([...new Set(names)])}`)];
}

/** New groups are reported by their rules. New machines may have the groups of their object, of the app and of the environment. */
function isOwnGroup({ changes, before, after }: Comparison, change: ResourceChange, group: string): boolean {
  if (changes.get(group)?.action === 'add') return true;
  if (before.Resources[change.id] !== undefined) return false;
  if (isEnvironmentMembers(group)) return true;
  const resource = after.Resources[group];
  const object = objectOf(resource);
  return resource !== undefined && (object === objectOfChange(change) || object?.startsWith('App/') === true);
}

function groupName({ after }: Comparison, group: string): string {
  if (isEnvironmentMembers(group)) return 'all machines of the environment';
  const object = objectOf(after.Resources[group]);
  return object === undefined ? group : `${group} of ${shortObjectName(object)}`;
}

/** Only security groups then limit who can connect. */
function publicAddressEffects(change: ResourceChange): readonly Effect[] {
  const [had, has] = [publicAddressesOf(change.before), publicAddressesOf(change.after)];
  const isOff = (value: unknown) => value === undefined || value === false || value === 'false' || value === 0;
  const gained = Object.entries(has).some(([name, value]) => !isOff(value) && !isSameJson(had[name], value));
  // Without a setting, the subnet decides.
  const undecided =
    had['AssociatePublicIpAddress'] !== undefined &&
    isOff(had['AssociatePublicIpAddress']) &&
    has['AssociatePublicIpAddress'] === undefined;
  if (!gained && !undecided) return [];
  const changes = change.changes.filter(({ path }) => path[path.length - 1] === 'AssociatePublicIpAddress');
  const text = gained ? 'machines get public addresses' : 'the subnet decides whether machines get public addresses';
  return [networkEffect(change, text, propertyChangesOf({ id: change.id, changes }))];
}

function publicBalancerEffects(change: ResourceChange): readonly Effect[] {
  const [was, is] = [change.before, change.after].map((resource) => resource?.Properties?.['Scheme']);
  return change.action === 'modify' && was === 'internal' && is !== 'internal'
    ? [networkEffect(change, 'load balancer becomes public')]
    : [];
}

function fixedAddressEffects(change: ResourceChange): readonly Effect[] {
  const target = (resource: ResourceChange['after']) => {
    const { InstanceId, NetworkInterfaceId } = resource?.Properties ?? {};
    return [InstanceId ?? null, NetworkInterfaceId ?? null];
  };
  const gained =
    change.after !== undefined &&
    target(change.after).some((each) => each !== null) &&
    !isSameJson(change.before && target(change.before), target(change.after));
  return gained ? [networkEffect(change, 'machines get public addresses')] : [];
}
