// The results of several stacks, one by one and as a whole.
import type { Outcome, Result } from '../run/result.ts';

export interface StackSummary {
  readonly stackName: string;
  /** Absent if the stack was never started. */
  readonly result?: Result;
  /** The stack that caused it to be skipped. */
  readonly stoppedBy?: string;
}

export interface StackGraphSummary {
  /** The worst outcome of all. */
  readonly outcome: Outcome;
  readonly message: string;
  /** In the given order. */
  readonly stacks: readonly StackSummary[];
}

// Worst first: the outcome of the whole, for scripts.
const outcomesBySeverity: readonly Outcome[] = [
  'interrupted',
  'failed',
  'refused',
  'running',
  'detached',
  'succeeded',
  'unchanged',
];

export function stackGraphSummaryOf(stacks: readonly StackSummary[]): StackGraphSummary {
  const outcomes = stacks.flatMap((each) => (each.result ? [each.result.outcome] : []));
  const outcome = outcomesBySeverity.find((each) => outcomes.includes(each)) ?? 'unchanged';
  const counts = outcomesBySeverity.flatMap((each) => {
    const count = outcomes.filter((one) => one === each).length;
    return count > 0 ? [`${count} ${each}`] : [];
  });
  const stopped = stacks.length - outcomes.length;
  return {
    outcome,
    message: [...counts, ...(stopped > 0 ? [`${stopped} skipped`] : [])].join(', ') || 'No stacks.',
    stacks,
  };
}
