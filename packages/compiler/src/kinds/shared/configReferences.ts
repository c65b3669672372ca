// The ConfigMaps and Secrets that a pod refers to, and the name of a Secret in Secrets Manager.

import type { Path } from '../../diagnostic.ts';
import type { Container, KeyToPath, Volume } from '../../generated/kubernetes.ts';
import { containersOf, type WorkloadPod } from './pods.ts';

/** A reference of a pod to a ConfigMap or Secret, and its place. */
export interface ConfigReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Absent if all keys are meant. */
  readonly key?: string;
  readonly optional: boolean;
  /** The place of the name. */
  readonly path: Path;
  /** The place of the key; that of the name if no key is meant. */
  readonly keyPath: Path;
  /** The value becomes an environment variable, and so must be text. */
  readonly asText?: true;
}

/** Every reference of a pod, in written order; a reference to several keys appears once for each. */
export function configReferencesOf(pod: WorkloadPod): readonly ConfigReference[] {
  const inVolumes = (pod.spec.volumes ?? []).flatMap((volume, index) =>
    volumeReferences(volume, [...pod.path, 'volumes', index]),
  );
  return [...containersOf(pod).flatMap(({ container, path }) => containerReferences(container, path)), ...inVolumes];
}

function containerReferences({ env = [], envFrom = [] }: Container, path: Path): readonly ConfigReference[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }, index) => [
      ...wholeObject('ConfigMap', configMapRef, [...path, 'envFrom', index, 'configMapRef']),
      ...wholeObject('Secret', secretRef, [...path, 'envFrom', index, 'secretRef']),
    ]),
    ...env.flatMap(({ valueFrom }, index) => [
      ...oneKey('ConfigMap', valueFrom?.configMapKeyRef, [...path, 'env', index, 'valueFrom', 'configMapKeyRef']),
      ...oneKey('Secret', valueFrom?.secretKeyRef, [...path, 'env', index, 'valueFrom', 'secretKeyRef']),
    ]),
  ];
}

function volumeReferences({ configMap, secret, projected }: Volume, path: Path): readonly ConfigReference[] {
  const secretSource = secret && { ...secret, name: secret.secretName };
  return [
    ...fileReferences('ConfigMap', configMap, [...path, 'configMap']),
    ...fileReferences('Secret', secretSource, [...path, 'secret'], 'secretName'),
    ...(projected?.sources ?? []).flatMap((source, index) => [
      ...fileReferences('ConfigMap', source.configMap, [...path, 'projected', 'sources', index, 'configMap']),
      ...fileReferences('Secret', source.secret, [...path, 'projected', 'sources', index, 'secret']),
    ]),
  ];
}

interface ReferenceSource {
  readonly name?: string | undefined;
  readonly optional?: boolean | undefined;
}

function wholeObject(
  kind: ConfigReference['kind'],
  source: ReferenceSource | undefined,
  path: Path,
  nameField = 'name',
): readonly ConfigReference[] {
  if (!source?.name) return [];
  const fieldPath = [...path, nameField];
  return [{ kind, name: source.name, optional: source.optional ?? false, path: fieldPath, keyPath: fieldPath }];
}

function oneKey(
  kind: ConfigReference['kind'],
  source: (ReferenceSource & { readonly key: string }) | undefined,
  path: Path,
): readonly ConfigReference[] {
  return wholeObject(kind, source, path).map((reference) => ({
    ...reference,
    key: source?.key ?? '',
    keyPath: [...path, 'key'],
    asText: true,
  }));
}

function fileReferences(
  kind: ConfigReference['kind'],
  source: (ReferenceSource & { readonly items?: readonly KeyToPath[] | undefined }) | undefined,
  path: Path,
  nameField?: string,
): readonly ConfigReference[] {
  const all = wholeObject(kind, source, path, nameField);
  if (!source?.items?.length) return all;
  return source.items.flatMap(({ key }, index) =>
    all.map((reference) => ({ ...reference, key, keyPath: [...path, 'items', index, 'key'] })),
  );
}

/** `i2kit/<env>/<namespace>/<name>`. */
export const secretsManagerName = (env: string, namespace: string, name: string): string =>
  `i2kit/${env}/${namespace}/${name}`;
