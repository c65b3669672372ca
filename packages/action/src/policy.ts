// What fails a check: verbs of effects, and guards that stand against them.
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

/** All that a policy can name. */
export const policyTerms: readonly string[] = [...verbs, ...guards];

/** What of the policy there is, each once, with the first place where. */
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
