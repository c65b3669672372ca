// The input of a deployment, and the hashes that bind a review to it.

import { createHash } from 'node:crypto';
import { compareEntries } from '@i2kit/common';

// What a stack should become.

export interface StackOwner {
  /** Value of the tag `i2kit:env`. */
  readonly env: string;
  /** Value of the tag `i2kit:app`; absent: the environment's own stack, which has none. */
  readonly app?: string;
}

export interface StackInput {
  readonly stackName: string;
  /** The template's text, JSON or YAML. Over 51,200 bytes it goes through `Clients.bucket`; 1 MB is CloudFormation's limit. */
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: CAPABILITY_IAM and CAPABILITY_NAMED_IAM. */
  readonly capabilities?: readonly string[];
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
  /** What the caller believes the credentials to be for; asserted before anything is written. */
  readonly expect?: { readonly account?: string; readonly region?: string };
  /** Whose stack it has to be, by its tags, where it is there already: another's is never touched. */
  readonly owner?: StackOwner;
  /** True where parameters come from a stack that is not there yet: no change set can be made, the review holds hashes alone. */
  readonly deferred?: boolean;
}

// What a review is bound to: hashes of the template and of everything else that is asked for.

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * SHA-256, hex, of a template. A JSON template is hashed without its white space, because what CloudFormation gives back
 * need not have kept it; any other text as it is.
 */
export function templateHash(template: string): string {
  try {
    return sha256(JSON.stringify(JSON.parse(template)));
  } catch {
    return sha256(template.trim());
  }
}

const sortedEntries = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).sort(compareEntries);

/** SHA-256, hex, of all that decides what a change set would do: template, parameters, tags, capabilities, roles. */
export function inputHash(input: StackInput): string {
  return sha256(
    JSON.stringify([
      templateHash(input.template),
      sortedEntries(input.parameters),
      sortedEntries(input.tags),
      [...(input.capabilities ?? [])].sort(),
      input.roleArn ?? '',
      [...(input.notificationArns ?? [])].sort(),
    ]),
  );
}
