// What a change does, in the words of who runs the thing rather than of who wrote the template.
import type { PropertyChange } from '../differ/resources.ts';

/**
 * `FAIL`: CloudFormation would refuse it, in the middle of the update. `MOVE`: the same thing under another name, so that it is made
 * anew and the old one goes. The rest say themselves.
 */
export type Verb = 'CREATE' | 'UPDATE' | 'ROLL' | 'SCALE' | 'MOVE' | 'REPLACE' | 'DESTROY' | 'RETAIN' | 'INTERRUPT' | 'FAIL';

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
