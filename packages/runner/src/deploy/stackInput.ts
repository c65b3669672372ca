// The input of a deployment, and the hashes that bind a review to it.

import { createHash } from 'node:crypto';
import { compareEntries } from '@i2kit/common';

/** The desired state of a stack. */
export interface StackOwner {
  /** Value of the tag `i2kit:env`. */
  readonly env: string;
  /** Value of the tag `i2kit:app`; absent for the environment's own stack. */
  readonly app?: string;
}

export interface StackInput {
  readonly stackName: string;
  /**
   * The template's text, JSON or YAML. Over 51,200 bytes it is uploaded to `Clients.bucket`; CloudFormation's limit
   * is 1 MB.
   */
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: CAPABILITY_IAM and CAPABILITY_NAMED_IAM. */
  readonly capabilities?: readonly string[];
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
  /** Expected account and region of the credentials; verified before anything is written. */
  readonly expect?: { readonly account?: string; readonly region?: string };
  /** Expected owner of an existing stack, by its tags. A stack of another owner is never changed. */
  readonly owner?: StackOwner;
  /**
   * True if parameters come from a stack that does not exist yet: no change set can be created, the review holds only
   * hashes.
   */
  readonly deferred?: boolean;
}

/** Binds a review: hashes of the template and of everything else in the input. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * SHA-256, hex, of a template. A JSON template is hashed without its white space, because CloudFormation may not
 * return it unchanged; any other text as it is.
 */
export function templateHash(template: string): string {
  try {
    return sha256(JSON.stringify(JSON.parse(template)));
  } catch {
    return sha256(template.trim());
  }
}

const sortedEntries = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).sort(compareEntries);

/**
 * SHA-256, hex, of everything that decides the effect of a change set: template, parameters, tags, capabilities,
 * roles.
 */
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
