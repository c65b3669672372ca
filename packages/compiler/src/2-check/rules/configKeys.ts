// Keys of ConfigMaps and Secrets become files, so neither they nor the paths given to them may lead out of the
// volume. As IsConfigMapKey and ValidateLocalNonReservedPath of Kubernetes.
import type { Path } from '../../diagnostic.ts';
import { configReferencesOf } from '../../kinds/shared/configReferences.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { configMapKey, relativePath } from '../formats.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

const itemPaths = trieOf<true>(
  Object.fromEntries(
    'configMap secret downwardAPI projected.sources[].configMap projected.sources[].secret projected.sources[].downwardAPI'
      .split(' ')
      .map((source) => [`volumes[].${source}.items[].path`, true]),
  ),
);

export const configKeys: Rule = {
  codes: ['I2K311'],
  check(manifests, report) {
    for (const manifest of manifests.of('ConfigMap')) {
      const { data, binaryData } = manifest.object;
      checkKeys({ data, binaryData }, reporterFor(manifest, 'I2K311', report));
    }
    for (const manifest of manifests.of('Secret')) {
      const { data, stringData } = manifest.object;
      checkKeys({ data, stringData }, reporterFor(manifest, 'I2K311', report));
    }
    for (const pod of podsOf(manifests)) {
      const reportAt = reporterFor(pod.manifest, 'I2K311', report);
      for (const { key, keyPath } of configReferencesOf(pod)) {
        const problem = key === undefined ? undefined : key === '' ? 'is empty' : configMapKey(key);
        if (problem) reportAt(keyPath, `the key ${JSON.stringify(key)} ${problem}`);
      }
      walkTrie(itemPaths, pod.spec, pod.path, (_, path, fieldPath) => checkItemPath(String(path), fieldPath, reportAt));
    }
  },
};

function checkKeys(maps: { readonly [field: string]: object | undefined }, reportAt: ReportAt): void {
  for (const [field, map] of Object.entries(maps)) {
    for (const key of Object.keys(map ?? {})) {
      const problem = configMapKey(key);
      if (problem) reportAt([field, key], `the key ${JSON.stringify(key)} ${problem}`, { atKey: true });
    }
  }
}

function checkItemPath(path: string, fieldPath: Path, reportAt: ReportAt): void {
  const problem =
    path === '' ? 'is empty' : (relativePath(path) ?? (path.startsWith('..') ? 'begins with `..`' : undefined));
  if (problem) reportAt(fieldPath, `the path ${JSON.stringify(path)} ${problem}`);
}
