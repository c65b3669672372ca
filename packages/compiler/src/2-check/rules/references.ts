// ConfigMaps, Secrets and ServiceAccounts that pods refer to: named, in the input, and with the keys that are used.

import { configReferencesOf } from '../../kinds/shared/configReferences.ts';
import { podsOf, serviceAccountOf } from '../../kinds/shared/pods.ts';
import { dnsSubdomain } from '../formats.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { podRule, type Rule, reporterFor } from '../rule.ts';

// A reference names what it refers to. As validateConfigMapEnvSource, validateSecretVolumeSource and others of Kubernetes.

const ENV_SOURCES = ['configMapKeyRef', 'secretKeyRef'].map((source) => `env[].valueFrom.${source}`);
const ENV_FROM_SOURCES = ['configMapRef', 'secretRef'].map((source) => `envFrom[].${source}`);
const VOLUME_SOURCES = ['configMap', 'projected.sources[].configMap', 'projected.sources[].secret'].map(
  (source) => `volumes[].${source}`,
);

/** The field that holds the name, by where it is looked for. */
const namePaths = trieOf<string>(
  Object.fromEntries([
    ...['containers[]', 'initContainers[]'].flatMap((container) =>
      [...ENV_SOURCES, ...ENV_FROM_SOURCES].map((path) => [`${container}.${path}`, 'name']),
    ),
    ...VOLUME_SOURCES.map((path) => [path, 'name']),
    ['volumes[].secret', 'secretName'],
  ]),
);

export const referenceNames = podRule(['I2K332'], ({ spec, path }, say) => {
  walkTrie(namePaths, spec, path, (field, value, at) => {
    const name = (value as { readonly [field: string]: unknown })[field];
    if (!name) say([...at, field], `${at.findLast((step) => typeof step === 'string')} has no ${field}`);
    // Kubernetes takes any text for a volume's Secret; here it becomes a part of what the machine's role may read.
    const problem = typeof name === 'string' && name !== '' ? dnsSubdomain(name) : undefined;
    if (problem) say([...at, field], `the name ${JSON.stringify(name)} ${problem}`);
  });
});

// ConfigMaps that pods refer to are in the input, with the keys that are meant: their values are compiled in.

export const referencedConfigMaps: Rule = {
  codes: ['I2K450', 'I2K451'],
  check(all, report) {
    for (const pod of podsOf(all)) {
      const say = reporterFor(pod.manifest, 'I2K450', report);
      for (const { kind, name, key, optional, path, keyPath, asText } of configReferencesOf(pod)) {
        if (kind !== 'ConfigMap' || optional) continue;
        const found = all.get('ConfigMap', pod.namespace, name);
        if (!found) {
          if (!all.wasRefused('ConfigMap', pod.namespace, name))
            say(path, `there is no ConfigMap ${name} in the namespace ${pod.namespace}`);
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

// Secrets that pods refer to: what counts is what Secrets Manager holds, so what the input lacks is only warned of.

export const referencedSecrets: Rule = {
  codes: ['I2K521', 'I2K522'],
  check(all, report) {
    const missing = new Set<string>();
    for (const pod of podsOf(all)) {
      const say = reporterFor(pod.manifest, 'I2K521', report);
      for (const { kind, name, key, optional, path, keyPath } of configReferencesOf(pod)) {
        if (kind !== 'Secret' || optional) continue;
        const whole = `${pod.namespace}/${name}`;
        const found = all.get('Secret', pod.namespace, name);
        if (!found) {
          // Said once for a Secret, however many pods refer to it.
          if (!missing.has(whole) && !all.wasRefused('Secret', pod.namespace, name))
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

// The ServiceAccount that a pod runs as is in the input: Kubernetes makes no pod without it.

export const referencedServiceAccounts = podRule(['I2K453', 'I2K301'], (pod, say, all) => {
  const name = serviceAccountOf(pod);
  const path = [...pod.path, pod.spec.serviceAccountName ? 'serviceAccountName' : 'serviceAccount'];
  const problem = dnsSubdomain(name);
  if (problem) say(path, `the ServiceAccount's name ${JSON.stringify(name)} ${problem}`, { code: 'I2K301' });
  else if (
    name !== 'default' &&
    !all.get('ServiceAccount', pod.namespace, name) &&
    !all.wasRefused('ServiceAccount', pod.namespace, name)
  ) {
    say(path, `there is no ServiceAccount ${name} in the namespace ${pod.namespace}`);
  }
});
