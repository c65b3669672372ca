// The pod's volumes (empty directories, files, claims) and where containers mount them.

import type {
  Device,
  Disk,
  Empty,
  File,
  Mount,
  SecretFile,
  SecretKey,
  SecretKeys,
  SecretKeysFiles,
  Volume,
} from '../../generated/agent-v1.ts';
import type {
  ConfigMapProjection,
  Container,
  DownwardAPIProjection,
  EmptyDirVolumeSource,
  PersistentVolumeClaimVolumeSource,
  PodSpec,
  SecretProjection,
  VolumeMount,
  VolumeProjection,
  Volume as Written,
} from '../../generated/kubernetes.ts';
import { unitsRoundedUp } from '../../kinds/shared/quantity.ts';
import { fieldRefValue } from './fieldRefs.ts';
import { definedFields, nonEmptyList, nonEmptyText, sortedEntries, trueOnly, unlessDefault } from './optionalFields.ts';
import { resourceFieldValue } from './resources.ts';
import { configMapOf, ownValue, type PodScope, secretOf, unreachable, type VolumeFormat } from './scope.ts';

export function volumesOf(scope: PodScope): readonly Volume[] {
  return (scope.spec.volumes ?? []).map((volume) => volumeOf(scope, volume));
}

/** Names of the claims in a pod's volumes, sorted. */
export function claimNamesOf({ volumes = [] }: PodSpec): readonly string[] {
  return [...new Set(volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []))].sort();
}

function volumeOf(scope: PodScope, volume: Written): Volume {
  const { name, configMap, secret, downwardAPI, projected, persistentVolumeClaim, emptyDir } = volume;
  if (configMap) return { name, files: filesOf(scope, [{ configMap }], configMap.defaultMode) };
  if (secret)
    return {
      name,
      files: filesOf(scope, [{ secret: { ...secret, name: secret.secretName ?? '' } }], secret.defaultMode),
    };
  if (downwardAPI) return { name, files: filesOf(scope, [{ downwardAPI }], downwardAPI.defaultMode) };
  if (projected) return { name, files: filesOf(scope, projected.sources ?? [], projected.defaultMode) };
  if (persistentVolumeClaim) return { name, disk: diskOf(scope, persistentVolumeClaim) };
  // As in Kubernetes (`SetDefaults_Volume`), a volume without a source is an empty directory.
  if (emptyDir || Object.keys(volume).length === 1) return { name, empty: emptyOf(emptyDir ?? {}) };
  return unreachable(`volume ${name}`);
}

function emptyOf({ medium, sizeLimit = 0 }: EmptyDirVolumeSource): Empty {
  if (medium !== undefined && medium !== '' && medium !== 'Memory') return unreachable(`medium ${medium}`);
  return definedFields<Empty>({
    medium: medium === 'Memory' ? medium : undefined,
    sizeLimit: unitsRoundedUp(sizeLimit) || undefined,
  });
}

function diskOf(scope: PodScope, { claimName, readOnly }: PersistentVolumeClaimVolumeSource): Disk {
  const { filesystem, block } = ownValue(scope.claims, claimName) ?? formatOf(scope, claimName);
  return definedFields<Disk>({
    claim: claimName,
    filesystem,
    block: trueOnly(block),
    readOnly: trueOnly(readOnly),
  });
}

function formatOf({ manifests, namespace }: PodScope, claimName: string): VolumeFormat {
  return manifests.get('PersistentVolumeClaim', namespace, claimName)?.object.spec.volumeMode === 'Block'
    ? { block: true }
    : {};
}

/**
 * Files of a ConfigMap, Secret, downward API or projected volume. `collectData` (kubernetes/pkg/volume/projected):
 * later sources win. Machines have no service account token.
 */
export function filesOf(scope: PodScope, sources: readonly VolumeProjection[], defaultMode: number): readonly File[] {
  const files = sources.flatMap(({ configMap, secret, downwardAPI }) => [
    ...(configMap === undefined ? [] : configMapFiles(scope, configMap, defaultMode)),
    ...(secret === undefined ? [] : secretFiles(scope, secret, defaultMode)),
    ...(downwardAPI === undefined ? [] : downwardApiFiles(scope, downwardAPI, defaultMode)),
  ]);
  const last = new Map(files.flatMap((file, index) => (isAlwaysPresent(file) ? [[file.path, index]] : [])));
  return files.filter((file, index) => !('path' in file) || index >= (last.get(file.path) ?? 0));
}

/** True if the file always exists, and thus replaces earlier files of the same path. */
function isAlwaysPresent(file: File): file is Exclude<File, SecretKeysFiles> {
  return 'path' in file && !('secret' in file && file.secret.optional === true);
}

/** 0644 is the default mode. */
const modeOf = (mode: number): number | undefined => unlessDefault(mode, 0o644);

/** `MakePayload` (kubernetes/pkg/volume/configmap): all keys, or those that `items` names. */
function configMapFiles(scope: PodScope, source: ConfigMapProjection, defaultMode: number): readonly File[] {
  const { data, binaryData } = configMapOf(scope, source) ?? {};
  const one = (path: string, key: string, mode: number): readonly File[] => {
    const [text, base64] = [ownValue(data, key), ownValue(binaryData, key)];
    if (text !== undefined) return [definedFields<File>({ path, mode: modeOf(mode), text })];
    // Go's base64 decoder ignores line ends.
    if (base64 !== undefined)
      return [definedFields<File>({ path, mode: modeOf(mode), base64: base64.replace(/[\r\n]/g, '') })];
    return source.optional === true ? [] : unreachable(`key ${key} of ConfigMap ${source.name}`);
  };
  return nonEmptyList(source.items)
    ? (source.items ?? []).flatMap(({ key, path, mode }) => one(cleanPath(path), key, mode ?? defaultMode))
    : sortedEntries({ ...data, ...binaryData }).flatMap(([key]) => one(key, key, defaultMode));
}

/** `MakePayload` (kubernetes/pkg/volume/secret). */
function secretFiles(
  scope: PodScope,
  { name, items = [], optional }: SecretProjection,
  defaultMode: number,
): readonly File[] {
  const from = secretOf(scope, name);
  const rest = { optional: trueOnly(optional) };
  if (items.length === 0)
    return [
      definedFields<SecretKeysFiles>({
        mode: modeOf(defaultMode),
        secretKeys: definedFields<SecretKeys>({ ...from, ...rest }),
      }),
    ];
  return items.map(({ key, path, mode }) =>
    definedFields<SecretFile>({
      path: cleanPath(path),
      mode: modeOf(mode ?? defaultMode),
      secret: definedFields<SecretKey>({ ...from, key, ...rest }),
    }),
  );
}

/** `CollectData` (kubernetes/pkg/volume/downwardapi). */
function downwardApiFiles(
  scope: PodScope,
  { items = [] }: DownwardAPIProjection,
  defaultMode: number,
): readonly File[] {
  return items.map(({ path, mode, fieldRef, resourceFieldRef }) => {
    const file = { path: cleanPath(path), mode: modeOf(mode ?? defaultMode) };
    if (fieldRef === undefined) {
      if (resourceFieldRef === undefined) return unreachable(`the source of ${path} in a downwardAPI volume`);
      return definedFields<File>({ ...file, text: resourceFieldValue(scope, resourceFieldRef) });
    }
    const found = fieldRefValue(scope, fieldRef.fieldPath);
    return 'field' in found
      ? definedFields<File>({ ...file, field: found.field })
      : definedFields<File>({ ...file, text: found.value });
  });
}

/** Mounts of a container. `makeMounts` (kubernetes/pkg/kubelet/kubelet_pods.go). */
export function mountsOf({ volumeMounts = [] }: Container): readonly Mount[] {
  return volumeMounts.map((mount) =>
    definedFields<Mount>({
      volume: mount.name,
      path: absolutePath(mount.mountPath),
      subPath: nonEmptyText(cleanPath(mount.subPath ?? '')),
      subPathExpr: nonEmptyText(mount.subPathExpr),
      readOnly: trueOnly(mount.readOnly),
      recursiveReadOnly: trueOnly(isRecursive(mount)),
      propagation:
        mount.mountPropagation === 'HostToContainer' || mount.mountPropagation === 'Bidirectional'
          ? mount.mountPropagation
          : undefined,
    }),
  );
}

/**
 * `IfPossible`: kernel and runc of the machine support it. See `resolveRecursiveReadOnly` (kubernetes/pkg/kubelet/kubelet_pods.go).
 */
function isRecursive({ recursiveReadOnly, readOnly }: VolumeMount): boolean {
  return readOnly === true && (recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible');
}

export function devicesOf({ volumeDevices = [] }: Container): readonly Device[] {
  return volumeDevices.map(({ name, devicePath }) => ({ volume: name, path: absolutePath(devicePath) }));
}

/**
 * Paths inside volumes.
 * A relative path without empty and `.` segments, as Go's `filepath.Clean` returns it; `..` is refused by the checks.
 * Empty: the volume itself.
 */
export function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** An absolute path in a container: the kubelet resolves relative paths from the root (`MakeAbsolutePath`). */
export function absolutePath(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
