// What became of several stacks, one by one and as a whole.
import type { Outcome, Result } from '../run/result.ts';

export interface StackSummary {
  readonly stackName: string;
  /** Absent where it was never begun. */
  readonly result?: Result;
  /** The stack on whose account it was not begun. */
  readonly stoppedBy?: string;
}

export interface StackGraphSummary {
  /** Of the whole: the gravest of all. */
  readonly outcome: Outcome;
  readonly message: string;
  /** In the order in which they were given. */
  readonly stacks: readonly StackSummary[];
}

// Gravest first: what a script has to know of the whole.
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
    message: [...counts, ...(stopped > 0 ? [`${stopped} not begun`] : [])].join(', ') || 'No stacks.',
    stacks,
  };
}
