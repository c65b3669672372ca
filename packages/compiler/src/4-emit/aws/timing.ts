// How long a machine may take to come up and to go. docs/aws.md has the source of each number.
import type { MachineGroup } from '../../plan.ts';
import type { EmitContext } from './emitter.ts';

/** Seconds that a stack waits beyond the agent's deadline: the agent counts from its boot, and its FAILURE says the reason. */
const margin = 300;

/** CloudFormation's longest wait for the signals of a group, and of an instance. */
const longestWait = { group: 3600, instance: 12 * 3600 } as const;

/** Seconds from boot that a machine behind a load balancer needs at the least: a new target may get nothing for so long. */
const leastBehindBalancer = 300;

/** Seconds under which the time from the launch to the agent's start matters. */
export const leastFromBoot = 120;

export const longestDeadline = longestWait.group - margin;

export const isBalanced = (target: EmitContext, group: MachineGroup): boolean =>
  target.endpointsOf(group).length > 0 || target.routerBackendsOf(group).length > 0;

/** The agent's deadline, counted from its machine's boot. */
export function deadlineSeconds(target: EmitContext, group: MachineGroup): number {
  const asked = group.rollout.deadlineSeconds;
  if (group.job !== undefined) return asked;
  return Math.min(longestDeadline, Math.max(asked, isBalanced(target, group) ? leastBehindBalancer : 0));
}

/** How long a stack waits for the signals of machines that it launches. */
export const signalSeconds = (target: EmitContext, group: MachineGroup): number =>
  Math.min(group.job === undefined ? longestWait.group : longestWait.instance, deadlineSeconds(target, group) + margin);

/** How long a rolling update waits for a batch. A machine with a disk or an address of its own is launched only after the one before it is gone. */
export const pauseSeconds = (target: EmitContext, group: MachineGroup): number =>
  group.ordinal === undefined && target.volumesOf(group).length === 0
    ? signalSeconds(target, group)
    : Math.min(
        longestWait.group,
        signalSeconds(target, group) + drainSeconds(target, group) + group.rollout.graceSeconds,
      );

/** How long the load balancers of a group drain its machines. */
const drainSeconds = (target: EmitContext, group: MachineGroup): number =>
  Math.max(
    0,
    ...target.endpointsOf(group).map(() => drain.network(group.rollout.graceSeconds)),
    ...target.routerBackendsOf(group).map(() => drain.application(group.rollout.graceSeconds)),
  );

/** Elastic Load Balancing's longest deregistration delay. */
const longestDrain = 3600;

/** Deregistration delay for a grace period: a deregistered target gets new connections for up to 120 or 30 seconds. */
export const drain = {
  network: (graceSeconds: number): number => Math.min(longestDrain, Math.max(120, graceSeconds)),
  application: (graceSeconds: number): number => Math.min(longestDrain, Math.max(30, graceSeconds)),
} as const;
