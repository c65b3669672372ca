// What a stack set should become: one template, and the accounts and regions that have a stack of it.
import { compareEntries } from '@i2kit/common';
import { sha256, templateHash } from '../deploy/stackInput.ts';
import type { OperationPreferences } from '../ports/stackSets.ts';
import type { AccountRegion } from '../run/accountRegion.ts';

export interface StackSetInput {
  readonly name: string;
  readonly template: string;
  /** Where the template is too large to be sent: see `Clients.bucket`. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** In the order in which they are deployed. */
  readonly regions: readonly string[];
  /** Accounts by number, with roles in each (self-managed), or units of an organization (service-managed). */
  readonly targets: { readonly accounts: readonly string[] } | { readonly units: readonly string[] };
  readonly preferences?: Omit<OperationPreferences, 'RegionOrder'>;
  readonly administrationRoleArn?: string;
  readonly executionRoleName?: string;
  /** What the caller believes the credentials to be for. */
  readonly expect?: Partial<AccountRegion>;
}

const sortedEntries = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).sort(compareEntries);

/** SHA-256, hex, of all that decides what stacks become, and where; how many at a time is no part of it. */
export const stackSetHash = (input: StackSetInput): string =>
  sha256(
    JSON.stringify([
      templateHash(input.template),
      sortedEntries(input.parameters),
      sortedEntries(input.tags),
      'accounts' in input.targets ? [...input.targets.accounts].sort() : { units: [...input.targets.units].sort() },
      [...input.regions].sort(),
      input.administrationRoleArn ?? '',
      input.executionRoleName ?? '',
    ]),
  );

export const operationPrefix = (hash: string): string => `i2kit-${hash.slice(0, 16)}-`;

/**
 * The id of an operation is its idempotency token. It is made of what is asked for and of the operation before it: sent again
 * by whoever, it is the same operation; asked for again later, it is another one.
 */
export const operationId = (hash: string, what: string, setId: string, before: string): string =>
  `${operationPrefix(hash)}${sha256(JSON.stringify([what, setId, before])).slice(0, 12)}`;
