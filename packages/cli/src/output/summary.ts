// One paragraph about what was compiled: how many machines, what reaches them, and what is still missing.
import type { MachineGroup, Plan, Stack } from '@i2kit/compiler';
import { count, listed } from '../text.ts';

export function summary(plan: Plan, stacks: readonly Stack[], missing: readonly string[] = []): string {
  const machines = plan.groups.reduce((sum, group) => sum + group.replicas.count, 0);
  const balancers = (visibility: 'internal' | 'public') => plan.loadBalancers.filter((one) => one.visibility === visibility).length;
  const parts = [
    `${count(machines, 'machine')} in ${count(plan.groups.length, 'group')}`,
    ...some(balancers('internal'), 'internal load balancer'),
    ...some(balancers('public'), 'public load balancer'),
    ...some(plan.volumes.length, 'volume'),
  ];
  const resources = stacks.reduce((sum, { template }) => sum + Object.keys(template.Resources).length, 0);
  const lacks = [...lacking(plan.groups), ...zones(plan), ...missing];
  const names = listed(stacks.map(({ name }) => name));
  return `${names}: ${listed(parts)}; ${count(resources, 'resource')}.${lacks.length > 0 ? ` Missing: ${lacks.join('; ')}.` : ''}\n`;
}

const some = (n: number, word: string): string[] => (n === 0 ? [] : [count(n, word)]);

/** Names are shown until they would fill the screen. */
const few = (names: readonly string[]): string =>
  names.length <= 5 ? listed(names) : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;

function lacking(groups: readonly MachineGroup[]): string[] {
  const without = groups.filter(({ image }) => image === undefined).map(({ key }) => key);
  if (without.length === 0) return [];
  return [`${without.length === 1 ? 'the image' : 'the images'} of ${few(without)} (--image, or a parameter of the stack)`];
}

function zones({ volumes }: Plan): string[] {
  const without = volumes.filter(({ zone }) => zone === undefined).map(({ key }) => key);
  return without.length === 0 ? [] : [`the zone of ${few(without)} (a parameter of the stack)`];
}
