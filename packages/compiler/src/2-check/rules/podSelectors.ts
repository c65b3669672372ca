// Label selectors inside of a pod's wishes can be read, whatever is made of the wish. As ValidateLabelSelector of apimachinery.
import type { LabelSelector } from '../../generated/kubernetes.ts';
import { qualifiedName } from '../formats.ts';
import { perPod } from '../rule.ts';
import { problemsOf } from '../selector.ts';
import { trieOf, walk } from '../trie.ts';

const TERMS = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[]`,
  `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`,
]);

const selectors = trieOf<true>(
  Object.fromEntries(
    [...TERMS.flatMap((term) => [`${term}.labelSelector`, `${term}.namespaceSelector`]), 'topologySpreadConstraints[].labelSelector'].map(
      (path) => [path, true],
    ),
  ),
);

const keys = trieOf<true>(
  Object.fromEntries(
    [
      ...TERMS.flatMap((term) => [`${term}.matchLabelKeys[]`, `${term}.mismatchLabelKeys[]`]),
      'topologySpreadConstraints[].matchLabelKeys[]',
    ].map((path) => [path, true]),
  ),
);

export const podSelectors = perPod(['I2K314'], ({ spec, path }, say) => {
  walk(selectors, spec, path, (_, selector, at) => {
    for (const { path: where, message } of problemsOf(selector as LabelSelector)) say([...at, ...where], message);
  });
  walk(keys, spec, path, (_, key, at) => {
    const problem = qualifiedName(String(key));
    if (problem) say(at, `the label key ${JSON.stringify(key)} ${problem}`);
  });
});
