// An effect: what a change does to machines, data, network and permissions, in terms of the running app.

import { listText } from '@i2kit/common';
import type { PropertyChange, ResourceChange } from '../diff/resourceChanges.ts';

/**
 * `FAIL`: CloudFormation would refuse the change in the middle of the update. `MOVE`: the same thing under another name; a new one is created and the old one deleted.
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

/** The reason for which `apply` requires a flag that names a resource of the effect; `fails` has no flag. */
export type Guard = 'data' | 'address' | 'rights' | 'network' | 'fails';

export interface Effect {
  readonly verb: Verb;
  readonly area: Area;
  /** `Deployment/default/web`; empty for resources of the stack itself. */
  readonly object: string;
  /** Without the object: `3 machines, one at a time`. */
  readonly text: string;
  /** Logical ids, starting with the one that a flag would name. */
  readonly ids: readonly string[];
  /** Number of machines created, destroyed or replaced. */
  readonly machines?: number;
  /** An estimate. */
  readonly minutes?: number;
  readonly guard?: Guard;
  readonly changes: readonly (PropertyChange & { readonly id: string })[];
}

/** Changed properties with the id of their resource: an effect may cover several resources. */
export const propertyChangesOf = ({ id, changes }: Pick<ResourceChange, 'id' | 'changes'>): Effect['changes'] =>
  changes.map((property) => ({ ...property, id }));

/** A change that CloudFormation refuses. */
export const failedEffect = (
  base: Pick<Effect, 'area' | 'object' | 'ids' | 'changes'>,
  text: string = refusalText,
): Effect => ({
  ...base,
  verb: 'FAIL',
  text,
  guard: 'fails',
});

/** Used if there is no better explanation. */
export const refusalText = 'CloudFormation refuses this change';

/** Names of the changed properties: `Port and Protocol`; of more than three, the first three. */
export function describeChanges({ changes }: Pick<ResourceChange, 'changes'>): string {
  const found = [...new Set(changes.map(({ path: [first = ''] }) => first.replace(/[()]/g, '')))];
  return found.length <= 3 ? listText(found) : `${found.slice(0, 3).join(', ')} and ${found.length - 3} more`;
}
