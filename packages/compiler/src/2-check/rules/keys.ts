// Keys of ConfigMaps and Secrets become files, so they must not lead out of their volume; nor must the paths given to them.
// As IsConfigMapKey and ValidateLocalNonReservedPath of Kubernetes.
import type { Path } from '../../diagnostic.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { referencesOf } from '../../kinds/shared/references.ts';
import { dataKey, innerPath } from '../formats.ts';
import { type Rule, type Say, sayOf } from '../rule.ts';
import { trieOf, walk } from '../trie.ts';

const items = trieOf<true>(
  Object.fromEntries(
    'configMap secret downwardAPI projected.sources[].configMap projected.sources[].secret projected.sources[].downwardAPI'
      .split(' ')
      .map((source) => [`volumes[].${source}.items[].path`, true]),
  ),
);

export const keys: Rule = {
  codes: ['I2K311'],
  check(all, report) {
    for (const manifest of all.of('ConfigMap')) {
      const { data, binaryData } = manifest.object;
      checkKeys({ data, binaryData }, sayOf(manifest, 'I2K311', report));
    }
    for (const manifest of all.of('Secret')) {
      const { data, stringData } = manifest.object;
      checkKeys({ data, stringData }, sayOf(manifest, 'I2K311', report));
    }
    for (const pod of podsOf(all)) {
      const say = sayOf(pod.manifest, 'I2K311', report);
      for (const { key, keyPath } of referencesOf(pod)) {
        const problem = key === undefined ? undefined : key === '' ? 'is empty' : dataKey(key);
        if (problem) say(keyPath, `the key ${JSON.stringify(key)} ${problem}`);
      }
      walk(items, pod.spec, pod.path, (_, path, at) => checkPath(String(path), at, say));
    }
  },
};

function checkKeys(maps: { readonly [field: string]: object | undefined }, say: Say): void {
  for (const [field, map] of Object.entries(maps)) {
    for (const key of Object.keys(map ?? {})) {
      const problem = dataKey(key);
      if (problem) say([field, key], `the key ${JSON.stringify(key)} ${problem}`, { atKey: true });
    }
  }
}

function checkPath(path: string, at: Path, say: Say): void {
  const problem = path === '' ? 'is empty' : (innerPath(path) ?? (path.startsWith('..') ? 'begins with `..`' : undefined));
  if (problem) say(at, `the path ${JSON.stringify(path)} ${problem}`);
}
