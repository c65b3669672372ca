// Puts a Secret into Secrets Manager in the form in which the agent reads it, and makes no new version of an equal value.
import type { SecretState, SecretsPort } from '../ports/secrets.ts';

export interface WantedSecret {
  /** `i2kit/<env>/<namespace>/<name>` */
  readonly name: string;
  /** Base64 of each value by its key. */
  readonly values: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Id, alias or ARN of the KMS key; absent: the account's own for Secrets Manager. */
  readonly kmsKey?: string;
}

export interface Pushed {
  readonly name: string;
  readonly outcome: 'created' | 'changed' | 'restored' | 'unchanged';
  readonly version: string;
}

/** Bytes that a secret can hold: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const secretLimit = 65_536;

/** A JSON object of the base64 of each value, by its key in order: docs/agent-v1.md. */
export const secretText = (values: WantedSecret['values']): string =>
  JSON.stringify(Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))));

export async function pushSecret(port: SecretsPort, wanted: WantedSecret): Promise<Pushed> {
  const { name, kmsKey } = wanted;
  const value = secretText(wanted.values);
  const found = await port.describe(name);
  if (!found) {
    const version = await port.create({ name, value, tags: wanted.tags, ...(kmsKey !== undefined && { kmsKey }) });
    return { name, outcome: 'created', version };
  }
  if (found.deleted) await port.restore(name);
  if (kmsKey !== undefined && kmsKey !== found.kmsKey) await port.encrypt(name, kmsKey);
  const outcome = found.deleted ? 'restored' : 'changed';
  if (currentVersion(found) !== undefined) {
    const current = await port.current(name);
    if (sameValues(current.value, value)) return { name, outcome: found.deleted ? 'restored' : 'unchanged', version: current.version };
  }
  return { name, outcome, version: await port.put(name, value) };
}

/** Undefined for a secret that was made without a value. */
export const currentVersion = ({ versions }: Pick<SecretState, 'versions'>): string | undefined =>
  Object.entries(versions).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];

/** What another hand wrote may have its keys in another order, and blanks. */
function sameValues(there: string, wanted: string): boolean {
  try {
    return secretText(JSON.parse(there) as WantedSecret['values']) === wanted;
  } catch {
    return false;
  }
}
