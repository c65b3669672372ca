// Compares two sides, stack by stack.
import type { Reviewer, StackReview } from '../ports/review.ts';
import type { CompiledStacks } from './stacks.ts';

/** One review for each stack of either side. */
export function reviewsOf(
  { emptyTemplate: nothing, reviewStack: review }: Reviewer,
  base: CompiledStacks,
  head: CompiledStacks,
): readonly StackReview[] {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])].sort();
  const side = ({ stacks, digests }: CompiledStacks, name: string) => {
    const { template = nothing, payloads, parameters } = stacks.get(name) ?? {};
    const known = { ...(head.region && { region: head.region }), ...(parameters && { parameters }) };
    return { template, known, ...(payloads && { payloads }), ...(stacks.has(name) && digests && { digests }) };
  };
  const places = { ...base.places, ...head.places };
  return names.map((stack) => review({ stack, before: side(base, stack), after: side(head, stack), places }));
}
