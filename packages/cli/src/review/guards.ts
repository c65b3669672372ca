// Effects of a review, and the refusal of each that no --allow flag names: lost data, changed addresses, wider
// permissions, opened network.

import type { Problem } from '@i2kit/common';
import { printable, type Review } from '@i2kit/runner';
import { parse } from 'yaml';
import type { Context } from '../context.ts';
import type { FlagName, Values } from '../flags.ts';
import type { StackReview, Template } from '../ports/review.ts';

/**
 * The deployed template compared with the new one. Undefined if nothing would change. `former` is the text of the deployed template, empty
 * if there is no stack yet.
 */
export async function reviewEffects(
  context: Pick<Context, 'reviewer'>,
  made: Review,
  { former, now }: { readonly former: string; readonly now: string },
): Promise<StackReview | undefined> {
  if (made.kind !== 'change-set' && made.kind !== 'deferred') return undefined;
  const { reviewStack: review, emptyTemplate: nothing } = await context.reviewer();
  const before = former === '' || (made.kind === 'deferred' && made.remake) ? nothing : parseTemplate(former);
  const known = { region: made.region };
  return review({
    stack: made.stackName,
    before: { template: before, known },
    after: { template: parseTemplate(now), known },
  });
}

/** JSON is YAML too; an unreadable template is shown as new. */
function parseTemplate(text: string): Template {
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : parse(text);
  return typeof value === 'object' && value !== null && 'Resources' in value ? (value as Template) : { Resources: {} };
}

type Guard = NonNullable<StackReview['effects'][number]['guard']>;

/** The flag that allows each; no flag allows a change that CloudFormation would refuse. */
const allowFlags: Readonly<
  Record<Guard, (FlagName & ('allow-replace' | 'allow-rights' | 'allow-network')) | undefined>
> = {
  data: 'allow-replace',
  address: 'allow-replace',
  rights: 'allow-rights',
  network: 'allow-network',
  fails: undefined,
};

const guardReasons: Readonly<Record<Guard, string>> = {
  data: 'data would be lost',
  address: 'an address would change',
  rights: 'permissions would widen',
  network: 'the network would open',
  fails: 'CloudFormation would refuse it in the middle of the update',
};

/** A problem for each effect that no flag allows. */
export function guardProblems({ effects }: StackReview, values: Values): readonly Problem[] {
  return effects.flatMap(({ guard, ids, object, text }) => {
    const [id = ''] = ids;
    if (!guard) return [];
    const flag = allowFlags[guard];
    // By any of its resources, or by the object as it is shown.
    const names = [...ids, object, object.replace('/default/', '/')];
    if (flag !== undefined && values[flag]?.some((name) => names.includes(name))) return [];
    const way = flag === undefined ? 'Change the manifests.' : `To allow it: --${flag} ${id}`;
    return [{ message: printable(`${object || id}: ${text}: ${guardReasons[guard]}. ${way}`) }];
  });
}
