// Summarises a compilation: how many machines, how they are reached, and what is still missing.
import { countText, hoursPerMonth, listPrice, listText, referenceRegion } from '@i2kit/common';
import type { MachineGroup, Plan, Stack } from '@i2kit/compiler';

export interface SummaryOptions {
  /** The region whose prices are used. */
  readonly region?: string | undefined;
  readonly missing?: readonly string[];
}

export function compileSummary(
  plan: Plan,
  stacks: readonly Stack[],
  { region, missing = [] }: SummaryOptions = {},
): string {
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
  return `${names}: ${listText(parts)}; ${countText(resources, 'resource')}.${loadBalancerCost(plan, region)}${lacks.length > 0 ? ` Missing: ${lacks.join('; ')}.` : ''}\n`;
}

/** Cost of the load balancers by the way in which Services are reached, and what another way (`via`) would save. */
function loadBalancerCost({ loadBalancers, routers }: Plan, region = ''): string {
  const all = loadBalancers.length + routers.length;
  if (all === 0) return '';
  const known = listPrice('load balancer', region);
  const hourly = known ?? listPrice('load balancer', referenceRegion) ?? 0;
  // Application and network load balancers cost the same; traffic comes on top.
  const dollars: Dollars = (balancers) => `$${Math.round(balancers * hourly * hoursPerMonth)}`;
  const byHost = routers.filter(({ serves }) => serves === 'services').length;
  const ways = [
    { way: 'by nlb', balancers: loadBalancers.length },
    { way: 'by alb-host', balancers: byHost },
    { way: 'of Ingresses', balancers: routers.length - byHost },
  ].filter(({ balancers }) => balancers > 0);
  const parts =
    ways.length > 1
      ? `: ${listText(ways.map(({ way, balancers }) => `${balancers} ${way} ${dollars(balancers)}`))}`
      : '';
  const subject = all === 1 ? 'The load balancer costs' : `The ${all} load balancers cost`;
  const where = known === undefined ? ` in ${referenceRegion}` : '';
  return ` ${subject} about ${dollars(all)} a month${where}${parts}.${savingsText(loadBalancers, byHost, dollars)}`;
}

/** The price a month of a number of load balancers, `$16`. */
type Dollars = (balancers: number) => string;

/** Internal Services can share one load balancer, or need none. */
function savingsText(loadBalancers: Plan['loadBalancers'], byHost: number, dollars: Dollars): string {
  const shared = loadBalancers.filter(({ slot }) => slot !== undefined).length;
  const byOne = shared + byHost - 1;
  const ways = [
    ...(shared > 0 && byOne > 0
      ? [`\`via: alb-host\` would save ${dollars(byOne)} of it if the ports speak HTTP`]
      : []),
    ...(shared + byHost > 0
      ? [`\`via: dns\` ${shared > 0 && byOne > 0 ? '' : 'would save '}${dollars(shared + byHost)}`]
      : []),
  ];
  return ways.length === 0 ? '' : ` For internal Services, ${listText(ways)}.`;
}

const countUnlessZero = (n: number, word: string): string[] => (n === 0 ? [] : [countText(n, word)]);

/** Names are shown until they would fill the screen. */
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
