// What became of several stacks, one by one and as a whole.
import type { Outcome, Result } from '../result.ts';

export interface StackSummary {
  readonly stackName: string;
  /** Absent where it was never begun. */
  readonly result?: Result;
  /** The stack on whose account it was not begun. */
  readonly stoppedBy?: string;
}

export interface Summary {
  /** Of the whole: the gravest of all. */
  readonly outcome: Outcome;
  readonly message: string;
  /** In the order in which they were given. */
  readonly stacks: readonly StackSummary[];
}

// Gravest first: what a script has to know of the whole.
const gravest: readonly Outcome[] = ['interrupted', 'failed', 'refused', 'running', 'detached', 'succeeded', 'unchanged'];

export function summarize(stacks: readonly StackSummary[]): Summary {
  const outcomes = stacks.flatMap((each) => (each.result ? [each.result.outcome] : []));
  const outcome = gravest.find((each) => outcomes.includes(each)) ?? 'unchanged';
  const counts = gravest.flatMap((each) => {
    const count = outcomes.filter((one) => one === each).length;
    return count > 0 ? [`${count} ${each}`] : [];
  });
  const stopped = stacks.length - outcomes.length;
  return { outcome, message: [...counts, ...(stopped > 0 ? [`${stopped} not begun`] : [])].join(', ') || 'No stacks.', stacks };
}
