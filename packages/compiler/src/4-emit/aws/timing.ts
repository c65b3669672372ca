// Time limits of machines for starting and ending. docs/aws.md has the source of each number.
import type { MachineGroup } from '../../plan.ts';
import type { EmitContext } from './emitter.ts';

/** Seconds that a stack waits beyond the agent's deadline: the agent counts from its boot, and sends FAILURE with the reason. */
const margin = 300;

/** Longest time that CloudFormation waits for signals of a group and of an instance, in seconds. */
const longestWait = { group: 3600, instance: 12 * 3600 } as const;

/** Minimum seconds from boot for a machine behind a load balancer, which may take this long to send it health checks. */
const leastBehindBalancer = 300;

/** Deadlines below these seconds are dominated by the time from launch to the agent's start. */
export const leastFromBoot = 120;

export const longestDeadline = longestWait.group - margin;

export const isBalanced = (context: EmitContext, group: MachineGroup): boolean =>
  context.endpointsOf(group).length > 0 || context.routerBackendsOf(group).length > 0;

/** The agent's deadline, counted from its machine's boot. */
export function deadlineSeconds(context: EmitContext, group: MachineGroup): number {
  const asked = group.rollout.deadlineSeconds;
  if (group.job !== undefined) return asked;
  return Math.min(longestDeadline, Math.max(asked, isBalanced(context, group) ? leastBehindBalancer : 0));
}

/** Kubernetes' default of `progressDeadlineSeconds`; the runner assumes it where the metadata says nothing. */
const defaultProgressDeadline = 600;

/**
 * The progress deadline as the manifest has it. Signals need longer (see above); the runner waits this long after a
 * change of size alone, for which CloudFormation waits for no machine.
 */
export const deadlineMetadata = ({ rollout }: MachineGroup): Readonly<Record<string, number>> =>
  rollout.deadlineSeconds === defaultProgressDeadline
    ? {}
    : { 'i2kit:progressDeadlineSeconds': rollout.deadlineSeconds };

/** Seconds that a stack waits for signals of the machines that it launches. */
export const signalSeconds = (context: EmitContext, group: MachineGroup): number =>
  Math.min(
    group.job === undefined ? longestWait.group : longestWait.instance,
    deadlineSeconds(context, group) + margin,
  );

/** Seconds that a rolling update waits for a batch. A machine with a volume or an address starts only after its predecessor ended. */
export const pauseSeconds = (context: EmitContext, group: MachineGroup): number =>
  group.ordinal === undefined && context.volumesOf(group).length === 0
    ? signalSeconds(context, group)
    : Math.min(
        longestWait.group,
        signalSeconds(context, group) + drainSeconds(context, group) + group.rollout.graceSeconds,
      );

/** Seconds that the load balancers of a group drain its machines. */
const drainSeconds = (context: EmitContext, group: MachineGroup): number =>
  Math.max(
    0,
    ...context.endpointsOf(group).map(() => drain.network(group.rollout.graceSeconds)),
    ...context.routerBackendsOf(group).map(() => drain.application(group.rollout.graceSeconds)),
  );

/** Longest deregistration delay of Elastic Load Balancing, in seconds. */
const longestDrain = 3600;

/** Deregistration delay of target groups: a deregistered target gets new connections for up to 120 or 30 seconds. */
export const drain = {
  network: (graceSeconds: number): number => Math.min(longestDrain, Math.max(120, graceSeconds)),
  application: (graceSeconds: number): number => Math.min(longestDrain, Math.max(30, graceSeconds)),
} as const;
