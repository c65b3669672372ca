// The machines of the double's groups: they start after a while, and are registered with their target groups a little
// later.
import type { Clients } from '../../src/index.ts';
import type { FakeAccount } from './fakeAccount.ts';
import { plantedReason } from './stackEngine.ts';

export interface FakeFleet {
  readonly desired: number;
  /** When the last of them is in service, milliseconds since the epoch; Infinity: never. */
  readonly up: number;
}

const registrationDelayMs = 30_000;
const targetGroup = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** Whether every machine is in service and healthy. */
export const isServing = ({ fleet, clock }: FakeAccount): boolean =>
  fleet === undefined || clock.now() >= fleet.up + registrationDelayMs;

/** Before they have started there is one. */
export function fakeMachines(it: FakeAccount): NonNullable<Clients['machines']> {
  const there = (after: number): number => {
    const { desired = 0, up = 0 } = it.fleet ?? {};
    return it.clock.now() >= up + after ? desired : Math.min(1, desired);
  };
  const targetGroups = () =>
    it.stacks
      .flatMap((stack) => [...stack.resources.values()])
      .flatMap((each) => (each.type === targetGroup ? [each.physicalId] : []));
  return {
    sizes: async (names) =>
      names.map((name) => ({
        name,
        desired: it.fleet?.desired ?? 0,
        inService: there(0),
        targetGroups: targetGroups(),
      })),
    group: async () => ({
      activities: [`Launching a new EC2 instance: ${plantedReason}`],
      instances: [],
      targetGroups: targetGroups(),
    }),
    // Machines that are not registered yet are not included.
    targetHealth: async () => ({ healthy: there(registrationDelayMs), total: there(registrationDelayMs), reasons: [] }),
    consoleTail: async () => [],
  };
}
