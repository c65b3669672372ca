// References of pods to ConfigMaps, Secrets and ServiceAccounts: named, in the input, and with existing keys.

import { configReferencesOf } from '../../kinds/shared/configReferences.ts';
import { podsOf, serviceAccountOf } from '../../kinds/shared/pods.ts';
import { dnsSubdomain } from '../formats.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { podRule, type Rule, reporterFor } from '../rule.ts';

const ENV_SOURCES = ['configMapKeyRef', 'secretKeyRef'].map((source) => `env[].valueFrom.${source}`);
const ENV_FROM_SOURCES = ['configMapRef', 'secretRef'].map((source) => `envFrom[].${source}`);
const VOLUME_SOURCES = ['configMap', 'projected.sources[].configMap', 'projected.sources[].secret'].map(
  (source) => `volumes[].${source}`,
);

/** The field that holds the name, by the field of the reference. */
const namePaths = trieOf<string>(
  Object.fromEntries([
    ...['containers[]', 'initContainers[]'].flatMap((container) =>
      [...ENV_SOURCES, ...ENV_FROM_SOURCES].map((path) => [`${container}.${path}`, 'name']),
    ),
    ...VOLUME_SOURCES.map((path) => [path, 'name']),
    ['volumes[].secret', 'secretName'],
  ]),
);

/** A reference has a name. As validateConfigMapEnvSource, validateSecretVolumeSource and others of Kubernetes. */
export const referenceNames = podRule(['I2K332'], ({ spec, path }, reportAt) => {
  walkTrie(namePaths, spec, path, (field, value, path) => {
    const name = (value as { readonly [field: string]: unknown })[field];
    if (!name) reportAt([...path, field], `${path.findLast((step) => typeof step === 'string')} has no ${field}`);
    // Kubernetes accepts any text as the name of a volume's Secret; here the machine's role is restricted by it.
    const problem = typeof name === 'string' && name !== '' ? dnsSubdomain(name) : undefined;
    if (problem) reportAt([...path, field], `the name ${JSON.stringify(name)} ${problem}`);
  });
});

/** ConfigMaps that pods refer to are in the input, with the referenced keys: their values are compiled in. */
export const referencedConfigMaps: Rule = {
  codes: ['I2K450', 'I2K451'],
  check(manifests, report) {
    for (const pod of podsOf(manifests)) {
      const reportAt = reporterFor(pod.manifest, 'I2K450', report);
      for (const { kind, name, key, optional, path, keyPath, asText } of configReferencesOf(pod)) {
        if (kind !== 'ConfigMap' || optional) continue;
        const found = manifests.get('ConfigMap', pod.namespace, name);
        if (!found) {
          if (!manifests.wasRefused('ConfigMap', pod.namespace, name))
            reportAt(path, `there is no ConfigMap ${name} in the namespace ${pod.namespace}`);
          continue;
        }
        const { data = {}, binaryData = {} } = found.object;
        // A variable is text: only `data` counts.
        if (key !== undefined && !Object.hasOwn(data, key) && (asText || !Object.hasOwn(binaryData, key))) {
          reportAt(keyPath, `the ConfigMap ${name} has no key ${JSON.stringify(key)}`, {
            code: 'I2K451',
            related: [{ message: 'the ConfigMap', object: found.ref, path: [] }],
          });
        }
      }
    }
  },
};

/** Secrets that pods refer to. Secrets Manager holds the values, so a Secret missing from the input is a warning. */
export const referencedSecrets: Rule = {
  codes: ['I2K521', 'I2K522'],
  check(manifests, report) {
    const missing = new Set<string>();
    for (const pod of podsOf(manifests)) {
      const reportAt = reporterFor(pod.manifest, 'I2K521', report);
      for (const { kind, name, key, optional, path, keyPath } of configReferencesOf(pod)) {
        if (kind !== 'Secret' || optional) continue;
        const whole = `${pod.namespace}/${name}`;
        const found = manifests.get('Secret', pod.namespace, name);
        if (!found) {
          // Reported once for a Secret, however many pods refer to it.
          if (!missing.has(whole) && !manifests.wasRefused('Secret', pod.namespace, name))
            reportAt(path, `there is no Secret ${name} in the namespace ${pod.namespace} of the input`);
          missing.add(whole);
          continue;
        }
        const { data = {}, stringData = {} } = found.object;
        if (key !== undefined && !Object.hasOwn(data, key) && !Object.hasOwn(stringData, key)) {
          reportAt(keyPath, `the Secret ${name} has no key ${JSON.stringify(key)}`, { code: 'I2K522' });
        }
      }
    }
  },
};

/** The pod's ServiceAccount is in the input: without it Kubernetes would not create the pod. */
export const referencedServiceAccounts = podRule(['I2K453', 'I2K301'], (pod, reportAt, manifests) => {
  const name = serviceAccountOf(pod);
  const path = [...pod.path, pod.spec.serviceAccountName ? 'serviceAccountName' : 'serviceAccount'];
  const problem = dnsSubdomain(name);
  if (problem) reportAt(path, `the ServiceAccount's name ${JSON.stringify(name)} ${problem}`, { code: 'I2K301' });
  else if (
    name !== 'default' &&
    !manifests.get('ServiceAccount', pod.namespace, name) &&
    !manifests.wasRefused('ServiceAccount', pod.namespace, name)
  ) {
    reportAt(path, `there is no ServiceAccount ${name} in the namespace ${pod.namespace}`);
  }
});
