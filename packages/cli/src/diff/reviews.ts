// Two sides of a comparison, stack by stack.
import type { Reviewer, StackReview } from '../review-ports.ts';
import type { Compiled } from './stacks.ts';

/** One for each stack of either side. */
export function reviewsOf({ nothing, review }: Reviewer, base: Compiled, head: Compiled): readonly StackReview[] {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])].sort();
  const side = ({ stacks }: Compiled, name: string) => {
    const { template = nothing, payloads, parameters } = stacks.get(name) ?? {};
    const known = { ...(head.region && { region: head.region }), ...(parameters && { parameters }) };
    return { template, known, ...(payloads && { payloads }) };
  };
  const places = { ...base.places, ...head.places };
  return names.map((stack) => review({ stack, before: side(base, stack), after: side(head, stack), places }));
}
