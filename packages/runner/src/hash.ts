// What a review is bound to: hashes of the template and of everything else that is asked for.
import { createHash } from 'node:crypto';
import type { StackInput } from './input.ts';

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

const sorted = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** SHA-256, hex, of all that decides what a change set would do: template, parameters, tags, capabilities, roles. */
export function inputHash(input: StackInput): string {
  return sha256(
    JSON.stringify([
      templateHash(input.template),
      sorted(input.parameters),
      sorted(input.tags),
      [...(input.capabilities ?? [])].sort(),
      input.roleArn ?? '',
      [...(input.notificationArns ?? [])].sort(),
    ]),
  );
}
