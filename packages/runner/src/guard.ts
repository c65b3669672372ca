// The guard before execution: nothing that holds data is deleted or replaced, and no address changes, unasked.
import { type Worth, worthOf } from './data.ts';
import type { ResourceChangeOutput } from './ports/cloudformation.ts';

/** A change that needs the user's word, by logical id. */
export interface Endangered {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly worth: Worth;
  readonly how: 'replaced' | 'may be replaced' | 'deleted' | 'may be deleted' | 'orphaned';
}

/** DeletionPolicy by logical id, of the template that the stack has now; undefined where it could not be read. */
export type Policies = Readonly<Record<string, string>> | undefined;

// Where a change set does not say what becomes of the old resource, the template that the stack has now does.
const keeps = (change: ResourceChangeOutput, policies: Policies): boolean =>
  (change.PolicyAction ?? policies?.[change.LogicalResourceId ?? ''] ?? 'Delete').startsWith('Retain');

function howOf(change: ResourceChangeOutput, policies: Policies): Endangered['how'] | undefined {
  switch (change.Action) {
    case 'Remove':
      // A removed resource with Retain is left as it is; with Snapshot its contents are kept, and yet it goes.
      return keeps(change, policies) ? undefined : 'deleted';
    case 'Dynamic':
      return 'may be deleted';
    case 'Modify':
      // Even where the old one is retained, its user finds a blank one in its place.
      if (change.Replacement === 'True') return 'replaced';
      return change.Replacement === 'Conditional' ? 'may be replaced' : undefined;
    default:
      return undefined;
  }
}

/** The changes of a change set that lose data or an address. */
export function endangered(changes: readonly ResourceChangeOutput[], policies: Policies): readonly Endangered[] {
  return changes.flatMap((change) => {
    const type = change.ResourceType ?? '';
    const worth = worthOf(type);
    const how = worth && howOf(change, policies);
    if (!worth || !how) return [];
    return [{ logicalId: change.LogicalResourceId ?? '', physicalId: change.PhysicalResourceId ?? '', type, worth, how }];
  });
}

/** True where what endangers needs the template that the stack has now, because the change set does not say. */
export const asksForPolicies = (changes: readonly ResourceChangeOutput[]): boolean =>
  changes.some((change) => change.Action === 'Remove' && !change.PolicyAction && worthOf(change.ResourceType ?? ''));

export const unasked = (all: readonly Endangered[], allowed: readonly string[] = []): readonly Endangered[] =>
  all.filter((each) => !allowed.includes(each.logicalId));

export const inWords = (all: readonly Endangered[]): string =>
  all
    .map(
      (each) =>
        `${each.logicalId} (${each.type}, ${each.worth}) ${each.how === 'orphaned' ? 'would be orphaned' : `would be ${each.how}`.replace('would be may', 'may')}`,
    )
    .join('; ');
