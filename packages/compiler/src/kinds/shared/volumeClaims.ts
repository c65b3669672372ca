// Every volume claim of an app: PersistentVolumeClaims, and the claims that each pod of a StatefulSet creates.
import { annotations } from '../../annotations/index.ts';
import type { Path } from '../../diagnostic.ts';
import type { PersistentVolumeClaimSpec } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';

export interface VolumeClaim {
  /** The claim, or the StatefulSet whose template it is. */
  readonly manifest: Manifest<'PersistentVolumeClaim'> | Manifest<'StatefulSet'>;
  /** Its place in the object. */
  readonly path: Path;
  readonly namespace: string;
  /** For a claim template: its name. */
  readonly name: string;
  readonly spec: PersistentVolumeClaimSpec;
  readonly annotations: Labels;
}

export const standaloneClaim = (manifest: Manifest<'PersistentVolumeClaim'>): VolumeClaim => ({
  manifest,
  path: [],
  namespace: manifest.ref.namespace,
  name: manifest.ref.name,
  spec: manifest.object.spec,
  annotations: manifest.object.metadata.annotations ?? {},
});

export const claimTemplates = (manifest: Manifest<'StatefulSet'>): readonly VolumeClaim[] =>
  (manifest.object.spec.volumeClaimTemplates ?? []).map(({ metadata, spec }, index) => ({
    manifest,
    path: ['spec', 'volumeClaimTemplates', index],
    namespace: manifest.ref.namespace,
    name: metadata.name ?? '',
    spec,
    annotations: metadata.annotations ?? {},
  }));

export const claimsOf = (manifests: Manifests): readonly VolumeClaim[] => [
  ...manifests.of('PersistentVolumeClaim').map(standaloneClaim),
  ...manifests.of('StatefulSet').flatMap(claimTemplates),
];

/** The name of the claim that a StatefulSet's pod creates from a template: `data-db-0`. */
export const ordinalClaimName = (template: string, set: string, ordinal: number): string =>
  `${template}-${set}-${ordinal}`;

const ownValue = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

/**
 * The class that the claim names; the annotation is older than the field, and wins (`GetPersistentVolumeClaimClass`).
 */
export const storageClassNameOf = ({ spec, annotations: written }: VolumeClaim): string | undefined =>
  ownValue(written, 'volume.beta.kubernetes.io/storage-class') ?? spec.storageClassName;

/** The class's object: the named one, or the default one if none is named; undefined if the input has none. */
export function storageClassOf(claim: VolumeClaim, manifests: Manifests): Manifest<'StorageClass'> | undefined {
  const name = storageClassNameOf(claim);
  return name === undefined ? defaultStorageClasses(manifests)[0] : manifests.get('StorageClass', '', name);
}

export const defaultStorageClasses = (manifests: Manifests): readonly Manifest<'StorageClass'>[] =>
  manifests
    .of('StorageClass')
    .filter(({ object: { metadata } }) =>
      ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'].some(
        (key) => ownValue(metadata.annotations ?? {}, key) === 'true',
      ),
    );

/** The EBS snapshot from which the volume is created; undefined if none is named, or none is supported. */
export function snapshotIdOf({ annotations: written }: VolumeClaim): string | undefined {
  const text = ownValue(written, 'i2kit.dev/snapshot-id');
  const parsed = text === undefined ? undefined : annotations['i2kit.dev/snapshot-id']?.parse(text);
  return parsed?.ok ? (parsed.value as string) : undefined;
}
