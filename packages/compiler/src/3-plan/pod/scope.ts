// Inputs of a pod's compilation: its template, its namespace, and the objects that it refers to.
import type { Disk } from '../../generated/agent-v1.ts';
import type { ConfigMap, PodSpec } from '../../generated/kubernetes.ts';
import type { Digests } from '../../image/index.ts';
import { secretsManagerName } from '../../kinds/shared/configReferences.ts';
import type { Labels, Manifests } from '../../manifest.ts';

/** Format of a volume as its claim defines it; the claim's name is the volume's. */
export type VolumeFormat = Omit<Disk, 'claim' | 'readOnly'>;

export interface PodScope {
  readonly namespace: string;
  readonly spec: PodSpec;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly manifests: Manifests;
  readonly env: string;
  /** By the secret's name in Secrets Manager. */
  readonly secretsVersions: Readonly<Record<string, string>>;
  readonly digests: Digests;
  readonly claims: Readonly<Record<string, VolumeFormat>>;
}

/** The referenced ConfigMap; undefined if the reference is optional and the object does not exist. */
export function configMapOf(scope: PodScope, { name = '', optional }: ConfigMapReference): ConfigMap | undefined {
  const found = scope.manifests.get('ConfigMap', scope.namespace, name)?.object;
  if (found === undefined && optional !== true)
    return unreachable(`ConfigMap ${scope.namespace}/${name} does not exist`);
  return found;
}

interface ConfigMapReference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** A Secret by its name in Secrets Manager, in the locked version. Its data is never read. */
export function secretOf(
  { env, namespace, secretsVersions }: PodScope,
  name = '',
): { readonly secret: string; readonly version?: string } {
  const secret = secretsManagerName(env, namespace, name);
  const version = ownValue(secretsVersions, secret);
  return version === undefined ? { secret } : { secret, version };
}

/** The value of an own key: users may name keys `constructor`. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** For input that earlier checks refuse. Reaching it is a bug. */
export function unreachable(what: string): never {
  throw new Error(`unchecked: ${what}`);
}
