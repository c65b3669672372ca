// Secrets that pods refer to: what counts is what Secrets Manager holds, so what the input lacks is only warned of.
import { podsOf } from '../../kinds/shared/pods.ts';
import { referencesOf } from '../../kinds/shared/references.ts';
import { type Rule, sayOf } from '../rule.ts';

export const secrets: Rule = {
  codes: ['I2K521', 'I2K522'],
  check(all, report) {
    const missing = new Set<string>();
    for (const pod of podsOf(all)) {
      const say = sayOf(pod.manifest, 'I2K521', report);
      for (const { kind, name, key, optional, path, keyPath } of referencesOf(pod)) {
        if (kind !== 'Secret' || optional) continue;
        const whole = `${pod.namespace}/${name}`;
        const found = all.get('Secret', pod.namespace, name);
        if (!found) {
          // Said once for a Secret, however many pods refer to it.
          if (!missing.has(whole) && !all.refused('Secret', pod.namespace, name))
            say(path, `there is no Secret ${name} in the namespace ${pod.namespace} of the input`);
          missing.add(whole);
          continue;
        }
        const { data = {}, stringData = {} } = found.object;
        if (key !== undefined && !Object.hasOwn(data, key) && !Object.hasOwn(stringData, key)) {
          say(keyPath, `the Secret ${name} has no key ${JSON.stringify(key)}`, { code: 'I2K522' });
        }
      }
    }
  },
};
