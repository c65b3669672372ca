// What is not done without a flag that names it: data and addresses that go, rights that widen, network that opens.
import { printable } from '@i2kit/runner';
import type { FlagName, Values } from '../flags.ts';
import type { StackReview } from '../review-ports.ts';

type Guard = NonNullable<StackReview['effects'][number]['guard']>;

/** What says yes to each; to what CloudFormation would refuse, nothing does. */
const flagOf: Readonly<Record<Guard, (FlagName & ('allow-replace' | 'allow-rights' | 'allow-network')) | undefined>> = {
  data: 'allow-replace',
  address: 'allow-replace',
  rights: 'allow-rights',
  network: 'allow-network',
  fails: undefined,
};

const reasons: Readonly<Record<Guard, string>> = {
  data: 'data would be lost',
  address: 'an address would change',
  rights: 'rights would widen',
  network: 'network would open',
  fails: 'CloudFormation would refuse it, in the middle of the update',
};

/** A sentence for each effect that nobody asked for. */
export function unpermitted({ effects }: StackReview, values: Values): readonly string[] {
  return effects.flatMap(({ guard, ids, object, text }) => {
    const [id = ''] = ids;
    if (!guard) return [];
    const flag = flagOf[guard];
    // By any of its resources, or by the object as it is shown.
    const names = [...ids, object, object.replace('/default/', '/')];
    if (flag !== undefined && values[flag]?.some((name) => names.includes(name))) return [];
    const way = flag === undefined ? 'Change the manifests.' : `If it is meant: --${flag} ${id}`;
    return [printable(`${object || id}: ${text}: ${reasons[guard]}. ${way}`)];
  });
}
