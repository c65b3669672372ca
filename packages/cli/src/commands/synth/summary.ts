// Summarises a compilation: how many machines, how they are reached, and what is still missing.
import { countText, listText } from '@i2kit/common';
import type { MachineGroup, Plan, Stack } from '@i2kit/compiler';

export function compileSummary(plan: Plan, stacks: readonly Stack[], missing: readonly string[] = []): string {
  // Scheduled machines exist only while they run.
  const machines = plan.groups.reduce(
    (sum, { replicas, job: task }) => sum + (task?.schedule === undefined ? replicas.count : 0),
    0,
  );
  const all = [...plan.loadBalancers, ...plan.routers];
  const balancers = (visibility: 'internal' | 'public') => all.filter((one) => one.visibility === visibility).length;
  const parts = [
    `${countText(machines, 'machine')} in ${countText(plan.groups.length, 'group')}`,
    ...countUnlessZero(balancers('internal'), 'internal load balancer'),
    ...countUnlessZero(balancers('public'), 'public load balancer'),
    ...countUnlessZero(plan.volumes.length, 'volume'),
  ];
  const resources = stacks.reduce((sum, { template }) => sum + Object.keys(template.Resources).length, 0);
  const lacks = [...missingImages(plan.groups), ...missingZones(plan), ...missing];
  const names = listText(stacks.map(({ name }) => name));
  return `${names}: ${listText(parts)}; ${countText(resources, 'resource')}.${loadBalancerCost(plan)}${lacks.length > 0 ? ` Missing: ${lacks.join('; ')}.` : ''}\n`;
}

/** US dollars per month (0.0225 per hour in us-east-1, November 2026, for either type), without traffic. */
const monthlyPrice = 0.0225 * 730;
const monthlyDollars = (balancers: number) => `$${Math.round(balancers * monthlyPrice)}`;

/** By the routing of Services, and the savings of another routing (`via`). */
function loadBalancerCost({ loadBalancers, routers }: Plan): string {
  const all = loadBalancers.length + routers.length;
  if (all === 0) return '';
  const byHost = routers.filter(({ serves }) => serves === 'services').length;
  const ways = [
    { way: 'by nlb', balancers: loadBalancers.length },
    { way: 'by alb-host', balancers: byHost },
    { way: 'of Ingresses', balancers: routers.length - byHost },
  ].filter(({ balancers }) => balancers > 0);
  const parts =
    ways.length > 1
      ? `: ${listText(ways.map(({ way, balancers }) => `${balancers} ${way} ${monthlyDollars(balancers)}`))}`
      : '';
  return ` ${all === 1 ? 'The load balancer costs' : `The ${all} load balancers cost`} about ${monthlyDollars(all)} a month${parts}.${savingsText(loadBalancers, byHost)}`;
}

/** The load balancer of the internal Services could be shared, or left out. */
function savingsText(loadBalancers: Plan['loadBalancers'], byHost: number): string {
  const shared = loadBalancers.filter(({ slot }) => slot !== undefined).length;
  const byOne = shared + byHost - 1;
  const ways = [
    ...(shared > 0 && byOne > 0
      ? [`\`via: alb-host\` would save ${monthlyDollars(byOne)} of it if the ports speak HTTP`]
      : []),
    ...(shared + byHost > 0
      ? [`\`via: dns\` ${shared > 0 && byOne > 0 ? '' : 'would save '}${monthlyDollars(shared + byHost)}`]
      : []),
  ];
  return ways.length === 0 ? '' : ` For internal Services, ${listText(ways)}.`;
}

const countUnlessZero = (n: number, word: string): string[] => (n === 0 ? [] : [countText(n, word)]);

/** Shows names until there are too many. */
const firstNames = (names: readonly string[]): string =>
  names.length <= 5 ? listText(names) : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;

function missingImages(groups: readonly MachineGroup[]): string[] {
  const without = groups.filter(({ image }) => image === undefined).map(({ key }) => key);
  if (without.length === 0) return [];
  return [
    `${without.length === 1 ? 'the image' : 'the images'} of ${firstNames(without)} (--image, or a parameter of the stack)`,
  ];
}

function missingZones({ volumes }: Plan): string[] {
  const without = volumes.filter(({ zone }) => zone === undefined).map(({ key }) => key);
  return without.length === 0 ? [] : [`the zone of ${firstNames(without)} (a parameter of the stack)`];
}
