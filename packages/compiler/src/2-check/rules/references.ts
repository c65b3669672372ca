// A reference names what it refers to. As validateConfigMapEnvSource, validateSecretVolumeSource and others of Kubernetes.
import { dnsSubdomain } from '../formats.ts';
import { perPod } from '../rule.ts';
import { trieOf, walk } from '../trie.ts';

const ENV = ['configMapKeyRef', 'secretKeyRef'].map((source) => `env[].valueFrom.${source}`);
const ENV_FROM = ['configMapRef', 'secretRef'].map((source) => `envFrom[].${source}`);
const SOURCES = ['configMap', 'projected.sources[].configMap', 'projected.sources[].secret'].map((source) => `volumes[].${source}`);

/** The field that holds the name, by where it is looked for. */
const places = trieOf<string>(
  Object.fromEntries([
    ...['containers[]', 'initContainers[]'].flatMap((container) => [...ENV, ...ENV_FROM].map((path) => [`${container}.${path}`, 'name'])),
    ...SOURCES.map((path) => [path, 'name']),
    ['volumes[].secret', 'secretName'],
  ]),
);

export const references = perPod(['I2K332'], ({ spec, path }, say) => {
  walk(places, spec, path, (field, value, at) => {
    const name = (value as { readonly [field: string]: unknown })[field];
    if (!name) say([...at, field], `${at.findLast((step) => typeof step === 'string')} has no ${field}`);
    // Kubernetes takes any text for a volume's Secret; here it becomes a part of what the machine's role may read.
    const problem = typeof name === 'string' && name !== '' ? dnsSubdomain(name) : undefined;
    if (problem) say([...at, field], `the name ${JSON.stringify(name)} ${problem}`);
  });
});
