// The desired state of a stack set: one template, and the accounts and regions of its stacks.
import { compareEntries } from '@i2kit/common';
import { sha256, templateHash } from '../deploy/stackInput.ts';
import type { OperationPreferences } from '../ports/stackSets.ts';
import type { AccountRegion } from '../run/accountRegion.ts';

export interface StackSetInput {
  readonly name: string;
  readonly template: string;
  /** For a template that is too large for a request: see `Clients.bucket`. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** In order of deployment. */
  readonly regions: readonly string[];
  /** Account ids, with roles in each (self-managed), or organizational units (service-managed). */
  readonly targets: { readonly accounts: readonly string[] } | { readonly units: readonly string[] };
  readonly preferences?: Omit<OperationPreferences, 'RegionOrder'>;
  readonly administrationRoleArn?: string;
  readonly executionRoleName?: string;
  /** Expected account and region of the credentials. */
  readonly expect?: Partial<AccountRegion>;
}

const sortedEntries = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).sort(compareEntries);

/** SHA-256, hex, of everything that decides the content and the places of stacks; concurrency is not part of it. */
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
 * The operation id is its idempotency token, derived from the request and the previous operation: a repeated request
 * is the same operation; a later one is another.
 */
export const operationId = (hash: string, what: string, setId: string, before: string): string =>
  `${operationPrefix(hash)}${sha256(JSON.stringify([what, setId, before])).slice(0, 12)}`;
