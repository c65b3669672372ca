// An effect: what a change does to machines, data, network and permissions, in terms of the running app.

import { listText } from '@i2kit/common';
import type { PropertyChange, ResourceChange } from '../diff/resourceChanges.ts';

// What a change does, in the words of who runs the thing rather than of who wrote the template.

/**
 * `FAIL`: CloudFormation would refuse it, in the middle of the update. `MOVE`: the same thing under another name, so that it is made
 * anew and the old one goes. The rest say themselves.
 */
export type Verb =
  | 'CREATE'
  | 'UPDATE'
  | 'ROLL'
  | 'SCALE'
  | 'MOVE'
  | 'REPLACE'
  | 'DESTROY'
  | 'RETAIN'
  | 'INTERRUPT'
  | 'FAIL';

export type Area = 'machines' | 'data' | 'network' | 'rights' | 'other';

/** What `apply` does not do without a flag that names a resource of the effect; `fails` has no flag. */
export type Guard = 'data' | 'address' | 'rights' | 'network' | 'fails';

export interface Effect {
  readonly verb: Verb;
  readonly area: Area;
  /** `Deployment/default/web`; empty for what the stack itself has. */
  readonly object: string;
  /** Without the object: `3 machines, one at a time`. */
  readonly text: string;
  /** Logical ids, the one that a flag would name first. */
  readonly ids: readonly string[];
  /** Machines that come, go or are replaced. */
  readonly machines?: number;
  /** An estimate. */
  readonly minutes?: number;
  readonly guard?: Guard;
  readonly changes: readonly (PropertyChange & { readonly id: string })[];
}

/** What changes in a resource, with its id: an effect may be of several. */
export const propertyChangesOf = ({ id, changes }: Pick<ResourceChange, 'id' | 'changes'>): Effect['changes'] =>
  changes.map((property) => ({ ...property, id }));

/** A change that CloudFormation does not make. */
export const failedEffect = (
  base: Pick<Effect, 'area' | 'object' | 'ids' | 'changes'>,
  text: string = refusalText,
): Effect => ({
  ...base,
  verb: 'FAIL',
  text,
  guard: 'fails',
});

/** Where nothing better is known to be said. */
export const refusalText = 'CloudFormation refuses this change';

// The properties that a change is of, by name.

/** `Port and Protocol`; of many, the first three. */
export function describeChanges({ changes }: Pick<ResourceChange, 'changes'>): string {
  const found = [...new Set(changes.map(({ path: [first = ''] }) => first.replace(/[()]/g, '')))];
  return found.length <= 3 ? listText(found) : `${found.slice(0, 3).join(', ')} and ${found.length - 3} more`;
}
