// ConfigMaps that pods refer to are in the input, with the keys that are meant: their values are compiled in.
import { podsOf } from '../../kinds/shared/pods.ts';
import { referencesOf } from '../../kinds/shared/references.ts';
import { type Rule, sayOf } from '../rule.ts';

export const configMaps: Rule = {
  codes: ['I2K450', 'I2K451'],
  check(all, report) {
    for (const pod of podsOf(all)) {
      const say = sayOf(pod.manifest, 'I2K450', report);
      for (const { kind, name, key, optional, path, keyPath, asText } of referencesOf(pod)) {
        if (kind !== 'ConfigMap' || optional) continue;
        const found = all.get('ConfigMap', pod.namespace, name);
        if (!found) {
          if (!all.refused('ConfigMap', pod.namespace, name)) say(path, `there is no ConfigMap ${name} in the namespace ${pod.namespace}`);
          continue;
        }
        const { data = {}, binaryData = {} } = found.object;
        // A variable is text: only `data` counts.
        if (key !== undefined && !Object.hasOwn(data, key) && (asText || !Object.hasOwn(binaryData, key))) {
          say(keyPath, `the ConfigMap ${name} has no key ${JSON.stringify(key)}`, {
            code: 'I2K451',
            related: [{ message: 'the ConfigMap', object: found.ref, path: [] }],
          });
        }
      }
    }
  },
};
