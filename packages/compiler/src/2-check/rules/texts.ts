// Names that stand in other fields than metadata, as Kubernetes' validation wants them (k8s.io/kubernetes/pkg/apis/core/validation).
import { claimsOf } from '../../kinds/shared/claims.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../formats.ts';
import { type Rule, type Say, sayOf } from '../rule.ts';
import { trieOf, walk } from '../trie.ts';

type Format = (text: string) => string | undefined;

const each = (paths: readonly string[], format: Format) => Object.fromEntries(paths.map((path) => [path, format]));

const containers = ['containers[]', 'initContainers[]'];
const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[].namespaces[]`,
  `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.namespaces[]`,
]);

const pod = trieOf<Format>({
  ...each(
    containers.flatMap((container) => [
      `${container}.envFrom[].configMapRef.name`,
      `${container}.envFrom[].secretRef.name`,
      `${container}.env[].valueFrom.configMapKeyRef.name`,
      `${container}.env[].valueFrom.secretKeyRef.name`,
    ]),
    dnsSubdomain,
  ),
  priorityClassName: dnsSubdomain,
  ...each(affinities, dnsLabel),
});

const service = trieOf<Format>({ 'spec.ports[].appProtocol': qualifiedName });
const claim = trieOf<Format>({ storageClassName: dnsSubdomain });

const NEVER_EMPTY = ['appProtocol', 'namespaces'];

const check =
  (say: Say) =>
  (format: Format, value: unknown, path: readonly (string | number)[]): void => {
    const field = path.findLast((step) => typeof step === 'string');
    // An empty name is none where one may be missing; where one is needed, another rule says so.
    const problem = typeof value === 'string' && (value !== '' || NEVER_EMPTY.includes(String(field))) ? format(value) : undefined;
    if (problem) say(path, `${field} ${JSON.stringify(value)} ${problem}`);
  };

export const texts: Rule = {
  codes: ['I2K332'],
  check(all, report) {
    for (const { manifest, spec, path } of podsOf(all)) walk(pod, spec, path, check(sayOf(manifest, 'I2K332', report)));
    for (const manifest of all.of('Service')) walk(service, manifest.object, [], check(sayOf(manifest, 'I2K332', report)));
    for (const { manifest, spec, path } of claimsOf(all)) walk(claim, spec, [...path, 'spec'], check(sayOf(manifest, 'I2K332', report)));
  },
};
