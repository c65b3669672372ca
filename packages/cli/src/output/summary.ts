// One paragraph about what was compiled: how many machines, what reaches them, and what is still missing.
import type { MachineGroup, Plan, Stack } from '@i2kit/compiler';
import { count, listed } from '../text.ts';

export function summary(plan: Plan, stacks: readonly Stack[], missing: readonly string[] = []): string {
  // Those of a schedule are there for as long as they run.
  const machines = plan.groups.reduce((sum, { replicas, task }) => sum + (task?.schedule === undefined ? replicas.count : 0), 0);
  const all = [...plan.loadBalancers, ...plan.routers];
  const balancers = (visibility: 'internal' | 'public') => all.filter((one) => one.visibility === visibility).length;
  const parts = [
    `${count(machines, 'machine')} in ${count(plan.groups.length, 'group')}`,
    ...some(balancers('internal'), 'internal load balancer'),
    ...some(balancers('public'), 'public load balancer'),
    ...some(plan.volumes.length, 'volume'),
  ];
  const resources = stacks.reduce((sum, { template }) => sum + Object.keys(template.Resources).length, 0);
  const lacks = [...lacking(plan.groups), ...zones(plan), ...missing];
  const names = listed(stacks.map(({ name }) => name));
  return `${names}: ${listed(parts)}; ${count(resources, 'resource')}.${costs(all.length)}${lacks.length > 0 ? ` Missing: ${lacks.join('; ')}.` : ''}\n`;
}

/** US dollars a month for being there (0.0225 an hour in us-east-1, November 2026, of either sort); what goes through costs beside it. */
const monthly = 0.0225 * 730;

function costs(balancers: number): string {
  if (balancers === 0) return '';
  return ` ${balancers === 1 ? 'The load balancer costs' : `The ${balancers} load balancers cost`} about $${Math.round(balancers * monthly)} a month.`;
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
