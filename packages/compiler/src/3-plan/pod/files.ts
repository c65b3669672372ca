// The files of a volume: of a ConfigMap, a Secret, the downward API, or several of them.
import type { File, SecretFile, SecretKey, SecretKeys, SecretKeysFiles } from '../../generated/agent-v1.ts';
import type { ConfigMapProjection, DownwardAPIProjection, SecretProjection, VolumeProjection } from '../../generated/kubernetes.ts';
import { entries, given, ifTrue, some, unless } from './compact.ts';
import { fieldOf } from './fields.ts';
import { cleanPath } from './paths.ts';
import { resourceValue } from './resources.ts';
import { at, configMapOf, type Scope, secretOf, unchecked } from './scope.ts';

/** `collectData` (kubernetes/pkg/volume/projected): later sources win. A service account's token is not there to be had. */
export function filesOf(scope: Scope, sources: readonly VolumeProjection[], defaultMode: number): readonly File[] {
  const files = sources.flatMap(({ configMap, secret, downwardAPI }) => [
    ...(configMap === undefined ? [] : ofConfigMap(scope, configMap, defaultMode)),
    ...(secret === undefined ? [] : ofSecret(scope, secret, defaultMode)),
    ...(downwardAPI === undefined ? [] : ofFields(scope, downwardAPI, defaultMode)),
  ]);
  const last = new Map(files.flatMap((file, index) => (isCertain(file) ? [[file.path, index]] : [])));
  return files.filter((file, index) => !('path' in file) || index >= (last.get(file.path) ?? 0));
}

/** Whether it is there in any case, and so takes the place of what has its path and stands before it. */
function isCertain(file: File): file is Exclude<File, SecretKeysFiles> {
  return 'path' in file && !('secret' in file && file.secret.optional === true);
}

/** 0644 is what a file has that says nothing. */
const modeOf = (mode: number): number | undefined => unless(mode, 0o644);

/** `MakePayload` (kubernetes/pkg/volume/configmap): all keys, or those that `items` names. */
function ofConfigMap(scope: Scope, source: ConfigMapProjection, defaultMode: number): readonly File[] {
  const { data, binaryData } = configMapOf(scope, source) ?? {};
  const one = (path: string, key: string, mode: number): readonly File[] => {
    const [text, base64] = [at(data, key), at(binaryData, key)];
    if (text !== undefined) return [given<File>({ path, mode: modeOf(mode), text })];
    // Go's decoder passes over line ends.
    if (base64 !== undefined) return [given<File>({ path, mode: modeOf(mode), base64: base64.replace(/[\r\n]/g, '') })];
    return source.optional === true ? [] : unchecked(`key ${key} of ConfigMap ${source.name}`);
  };
  return some(source.items)
    ? (source.items ?? []).flatMap(({ key, path, mode }) => one(cleanPath(path), key, mode ?? defaultMode))
    : entries({ ...data, ...binaryData }).flatMap(([key]) => one(key, key, defaultMode));
}

/** `MakePayload` (kubernetes/pkg/volume/secret). */
function ofSecret(scope: Scope, { name, items = [], optional }: SecretProjection, defaultMode: number): readonly File[] {
  const from = secretOf(scope, name);
  const rest = { optional: ifTrue(optional) };
  if (items.length === 0)
    return [given<SecretKeysFiles>({ mode: modeOf(defaultMode), secretKeys: given<SecretKeys>({ ...from, ...rest }) })];
  return items.map(({ key, path, mode }) =>
    given<SecretFile>({ path: cleanPath(path), mode: modeOf(mode ?? defaultMode), secret: given<SecretKey>({ ...from, key, ...rest }) }),
  );
}

/** `CollectData` (kubernetes/pkg/volume/downwardapi). */
function ofFields(scope: Scope, { items = [] }: DownwardAPIProjection, defaultMode: number): readonly File[] {
  return items.map(({ path, mode, fieldRef, resourceFieldRef }) => {
    const file = { path: cleanPath(path), mode: modeOf(mode ?? defaultMode) };
    if (fieldRef === undefined) {
      if (resourceFieldRef === undefined) return unchecked(`where ${path} of a downwardAPI volume comes from`);
      return given<File>({ ...file, text: resourceValue(scope, resourceFieldRef) });
    }
    const found = fieldOf(scope, fieldRef.fieldPath);
    return 'field' in found ? given<File>({ ...file, field: found.field }) : given<File>({ ...file, text: found.value });
  });
}
