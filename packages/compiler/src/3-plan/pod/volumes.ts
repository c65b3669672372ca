// The pod's volumes (empty directories, files, claims), and where containers mount them.

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

// The pod's volumes: empty directories, files, and disks that outlive the machine.

export function volumesOf(scope: PodScope): readonly Volume[] {
  return (scope.spec.volumes ?? []).map((volume) => volumeOf(scope, volume));
}

/** The names of the claims that a pod's volumes are, sorted. */
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
  // As in Kubernetes (`SetDefaults_Volume`), a volume that says nothing is an empty directory.
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

function formatOf({ all, namespace }: PodScope, claimName: string): VolumeFormat {
  return all.get('PersistentVolumeClaim', namespace, claimName)?.object.spec.volumeMode === 'Block'
    ? { block: true }
    : {};
}

// The files of a volume: of a ConfigMap, a Secret, the downward API, or several of them.

/** `collectData` (kubernetes/pkg/volume/projected): later sources win. A service account's token is not there to be had. */
export function filesOf(scope: PodScope, sources: readonly VolumeProjection[], defaultMode: number): readonly File[] {
  const files = sources.flatMap(({ configMap, secret, downwardAPI }) => [
    ...(configMap === undefined ? [] : configMapFiles(scope, configMap, defaultMode)),
    ...(secret === undefined ? [] : secretFiles(scope, secret, defaultMode)),
    ...(downwardAPI === undefined ? [] : downwardApiFiles(scope, downwardAPI, defaultMode)),
  ]);
  const last = new Map(files.flatMap((file, index) => (isAlwaysPresent(file) ? [[file.path, index]] : [])));
  return files.filter((file, index) => !('path' in file) || index >= (last.get(file.path) ?? 0));
}

/** Whether it is there in any case, and so takes the place of what has its path and stands before it. */
function isAlwaysPresent(file: File): file is Exclude<File, SecretKeysFiles> {
  return 'path' in file && !('secret' in file && file.secret.optional === true);
}

/** 0644 is what a file has that says nothing. */
const modeOf = (mode: number): number | undefined => unlessDefault(mode, 0o644);

/** `MakePayload` (kubernetes/pkg/volume/configmap): all keys, or those that `items` names. */
function configMapFiles(scope: PodScope, source: ConfigMapProjection, defaultMode: number): readonly File[] {
  const { data, binaryData } = configMapOf(scope, source) ?? {};
  const one = (path: string, key: string, mode: number): readonly File[] => {
    const [text, base64] = [ownValue(data, key), ownValue(binaryData, key)];
    if (text !== undefined) return [definedFields<File>({ path, mode: modeOf(mode), text })];
    // Go's decoder passes over line ends.
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
      if (resourceFieldRef === undefined) return unreachable(`where ${path} of a downwardAPI volume comes from`);
      return definedFields<File>({ ...file, text: resourceFieldValue(scope, resourceFieldRef) });
    }
    const found = fieldRefValue(scope, fieldRef.fieldPath);
    return 'field' in found
      ? definedFields<File>({ ...file, field: found.field })
      : definedFields<File>({ ...file, text: found.value });
  });
}

// Where a container sees the pod's volumes.

/** `makeMounts` (kubernetes/pkg/kubelet/kubelet_pods.go). */
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

/** `IfPossible`: the machine's kernel and runc can. See `resolveRecursiveReadOnly` (kubernetes/pkg/kubelet/kubelet_pods.go). */
function isRecursive({ recursiveReadOnly, readOnly }: VolumeMount): boolean {
  return readOnly === true && (recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible');
}

export function devicesOf({ volumeDevices = [] }: Container): readonly Device[] {
  return volumeDevices.map(({ name, devicePath }) => ({ volume: name, path: absolutePath(devicePath) }));
}

// Paths inside of volumes.

/** A relative path without empty parts and `.`, as Go's `filepath.Clean` gives it; `..` is refused before. Empty: the volume itself. */
export function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** A path in a container: the kubelet takes a relative one from the root (`MakeAbsolutePath`). */
export function absolutePath(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
