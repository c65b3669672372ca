// Pushes a Secret to Secrets Manager in the form that the agent reads; adds no version if the value is equal.
import { sortedRecord } from '@i2kit/common';
import type { SecretState, SecretsPort } from '../ports/secrets.ts';

export interface DesiredSecret {
  /** `i2kit/<env>/<namespace>/<name>` */
  readonly name: string;
  /** Base64 of each value by its key. */
  readonly values: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Id, alias or ARN of the KMS key; default: the account's default key for Secrets Manager. */
  readonly kmsKey?: string;
}

export interface PushedSecret {
  readonly name: string;
  readonly outcome: 'created' | 'changed' | 'restored' | 'unchanged';
  readonly version: string;
}

/**
 * Size limit of a secret in bytes: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const maxSecretBytes = 65_536;

/** A JSON object of base64 values, sorted by key: docs/agent-v1.md. */
export const secretText = (values: DesiredSecret['values']): string => JSON.stringify(sortedRecord(values));

export async function pushSecret(port: SecretsPort, wanted: DesiredSecret): Promise<PushedSecret> {
  const { name, kmsKey } = wanted;
  const value = secretText(wanted.values);
  const found = await port.describe(name);
  if (!found) {
    const version = await port.create({ name, value, tags: wanted.tags, ...(kmsKey !== undefined && { kmsKey }) });
    return { name, outcome: 'created', version };
  }
  if (found.pendingDeletion) await port.restore(name);
  if (kmsKey !== undefined && kmsKey !== found.kmsKey) await port.setKmsKey(name, kmsKey);
  const outcome = found.pendingDeletion ? 'restored' : 'changed';
  if (currentVersionOf(found) !== undefined) {
    const current = await port.readCurrent(name);
    if (hasSameValues(current.value, value))
      return { name, outcome: found.pendingDeletion ? 'restored' : 'unchanged', version: current.version };
  }
  return { name, outcome, version: await port.put(name, value) };
}

/** Undefined for a secret that was created without a value. */
export const currentVersionOf = ({ versions }: Pick<SecretState, 'versions'>): string | undefined =>
  Object.entries(versions).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];

/** A value written by another tool may have other white space and another order of keys. */
function hasSameValues(there: string, wanted: string): boolean {
  try {
    return secretText(JSON.parse(there) as DesiredSecret['values']) === wanted;
  } catch {
    return false;
  }
}
