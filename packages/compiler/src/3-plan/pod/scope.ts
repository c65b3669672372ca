// What the parts of a pod are compiled from: its template, its namespace, and the objects that it refers to.
import type { Disk } from '../../generated/agent-v1.ts';
import type { ConfigMap, PodSpec } from '../../generated/kubernetes.ts';
import type { Digests } from '../../image/index.ts';
import { secretsManagerName } from '../../kinds/shared/configReferences.ts';
import type { Labels, Manifests } from '../../manifest.ts';

/** What of a disk its claim decides; the claim's own name is the volume's. */
export type VolumeFormat = Omit<Disk, 'claim' | 'readOnly'>;

export interface PodScope {
  readonly namespace: string;
  readonly spec: PodSpec;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly all: Manifests;
  readonly env: string;
  /** By the secret's name in Secrets Manager. */
  readonly secretsVersions: Readonly<Record<string, string>>;
  readonly digests: Digests;
  readonly claims: Readonly<Record<string, VolumeFormat>>;
}

/** The ConfigMap that a reference means; undefined where it may be missing, and is. */
export function configMapOf(scope: PodScope, { name = '', optional }: ConfigMapReference): ConfigMap | undefined {
  const found = scope.all.get('ConfigMap', scope.namespace, name)?.object;
  if (found === undefined && optional !== true) return unreachable(`ConfigMap ${scope.namespace}/${name} is not there`);
  return found;
}

interface ConfigMapReference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** A Secret, by the name that it has in Secrets Manager, in the version that the lock holds. Its data is never looked at. */
export function secretOf(
  { env, namespace, secretsVersions }: PodScope,
  name = '',
): { readonly secret: string; readonly version?: string } {
  const secret = secretsManagerName(env, namespace, name);
  const version = ownValue(secretsVersions, secret);
  return version === undefined ? { secret } : { secret, version };
}

/** An own key's value: keys are the user's, and may be called `constructor`. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** For what the checks before the plan refuse; to come here is a mistake of ours. */
export function unreachable(what: string): never {
  throw new Error(`unchecked: ${what}`);
}
