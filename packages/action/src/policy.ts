// Decides which effects fail the check: verbs, and guards that refuse.
import type { Effect, ReviewJson } from '@i2kit/review';

const verbs: readonly Effect['verb'][] = [
  'CREATE',
  'UPDATE',
  'ROLL',
  'SCALE',
  'MOVE',
  'REPLACE',
  'DESTROY',
  'RETAIN',
  'INTERRUPT',
  'FAIL',
];
const guards: readonly NonNullable<Effect['guard']>[] = ['data', 'address', 'rights', 'network', 'fails'];

/** Every word that a policy can name. */
export const policyTerms: readonly string[] = [...verbs, ...guards];

/** The words of the policy that occur in the review, each once, with the first place. */
export function policyFailures(
  { stacks }: ReviewJson,
  failOn: readonly string[],
): readonly { readonly what: string; readonly where: string }[] {
  return failOn.flatMap((what) => {
    const [first, ...more] = stacks.flatMap(({ stack, effects }) =>
      effects.filter(({ verb, guard }) => verb === what || guard === what).map(({ object }) => object || stack),
    );
    return first === undefined ? [] : [{ what, where: more.length > 0 ? `${first} and ${more.length} more` : first }];
  });
}
