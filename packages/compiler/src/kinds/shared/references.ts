// The ConfigMaps and Secrets that a pod refers to, and where.
import type { Path } from '../../diagnostic.ts';
import type { Container, KeyToPath, Volume } from '../../generated/kubernetes.ts';
import { containersOf, type PodOf } from './pods.ts';

export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Absent where all keys are meant. */
  readonly key?: string;
  readonly optional: boolean;
  /** Where the name stands. */
  readonly path: Path;
  /** Where the key stands; the name's place where no key is meant. */
  readonly keyPath: Path;
  /** The value becomes a variable, and so has to be text. */
  readonly asText?: true;
}

/** Every reference of a pod, in the order in which it is written; one that means several keys is there once for each. */
export function referencesOf(pod: PodOf): readonly Reference[] {
  const inVolumes = (pod.spec.volumes ?? []).flatMap((volume, index) => ofVolume(volume, [...pod.path, 'volumes', index]));
  return [...containersOf(pod).flatMap(({ container, path }) => ofContainer(container, path)), ...inVolumes];
}

function ofContainer({ env = [], envFrom = [] }: Container, path: Path): readonly Reference[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }, index) => [
      ...whole('ConfigMap', configMapRef, [...path, 'envFrom', index, 'configMapRef']),
      ...whole('Secret', secretRef, [...path, 'envFrom', index, 'secretRef']),
    ]),
    ...env.flatMap(({ valueFrom }, index) => [
      ...oneKey('ConfigMap', valueFrom?.configMapKeyRef, [...path, 'env', index, 'valueFrom', 'configMapKeyRef']),
      ...oneKey('Secret', valueFrom?.secretKeyRef, [...path, 'env', index, 'valueFrom', 'secretKeyRef']),
    ]),
  ];
}

function ofVolume({ configMap, secret, projected }: Volume, path: Path): readonly Reference[] {
  const secretSource = secret && { ...secret, name: secret.secretName };
  return [
    ...files('ConfigMap', configMap, [...path, 'configMap']),
    ...files('Secret', secretSource, [...path, 'secret'], 'secretName'),
    ...(projected?.sources ?? []).flatMap((source, index) => [
      ...files('ConfigMap', source.configMap, [...path, 'projected', 'sources', index, 'configMap']),
      ...files('Secret', source.secret, [...path, 'projected', 'sources', index, 'secret']),
    ]),
  ];
}

interface Source {
  readonly name?: string | undefined;
  readonly optional?: boolean | undefined;
}

function whole(kind: Reference['kind'], source: Source | undefined, path: Path, nameField = 'name'): readonly Reference[] {
  if (!source?.name) return [];
  const at = [...path, nameField];
  return [{ kind, name: source.name, optional: source.optional ?? false, path: at, keyPath: at }];
}

function oneKey(kind: Reference['kind'], source: (Source & { readonly key: string }) | undefined, path: Path): readonly Reference[] {
  return whole(kind, source, path).map((reference) => ({ ...reference, key: source?.key ?? '', keyPath: [...path, 'key'], asText: true }));
}

function files(
  kind: Reference['kind'],
  source: (Source & { readonly items?: readonly KeyToPath[] | undefined }) | undefined,
  path: Path,
  nameField?: string,
): readonly Reference[] {
  const all = whole(kind, source, path, nameField);
  if (!source?.items?.length) return all;
  return source.items.flatMap(({ key }, index) =>
    all.map((reference) => ({ ...reference, key, keyPath: [...path, 'items', index, 'key'] })),
  );
}
