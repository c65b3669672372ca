// Names in fields other than metadata, as validated by Kubernetes (k8s.io/kubernetes/pkg/apis/core/validation).

import { podsOf } from '../../kinds/shared/pods.ts';
import { claimsOf } from '../../kinds/shared/volumeClaims.ts';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../formats.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

type FormatCheck = (text: string) => string | undefined;

const withFormat = (paths: readonly string[], format: FormatCheck) =>
  Object.fromEntries(paths.map((path) => [path, format]));

const containers = ['containers[]', 'initContainers[]'];
const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[].namespaces[]`,
  `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.namespaces[]`,
]);

const podNames = trieOf<FormatCheck>({
  ...withFormat(
    containers.flatMap((container) => [
      `${container}.envFrom[].configMapRef.name`,
      `${container}.envFrom[].secretRef.name`,
      `${container}.env[].valueFrom.configMapKeyRef.name`,
      `${container}.env[].valueFrom.secretKeyRef.name`,
    ]),
    dnsSubdomain,
  ),
  priorityClassName: dnsSubdomain,
  ...withFormat(affinities, dnsLabel),
});

const serviceNames = trieOf<FormatCheck>({ 'spec.ports[].appProtocol': qualifiedName });
const claimNames = trieOf<FormatCheck>({ storageClassName: dnsSubdomain });

const REQUIRED_FIELDS = ['appProtocol', 'namespaces'];

const nameCheck =
  (reportAt: ReportAt) =>
  (format: FormatCheck, value: unknown, path: readonly (string | number)[]): void => {
    const field = path.findLast((step) => typeof step === 'string');
    // An empty name counts as absent; if one is required, another rule reports it.
    const problem =
      typeof value === 'string' && (value !== '' || REQUIRED_FIELDS.includes(String(field)))
        ? format(value)
        : undefined;
    if (problem) reportAt(path, `${field} ${JSON.stringify(value)} ${problem}`);
  };

export const nameFields: Rule = {
  codes: ['I2K332'],
  check(manifests, report) {
    for (const { manifest, spec, path } of podsOf(manifests))
      walkTrie(podNames, spec, path, nameCheck(reporterFor(manifest, 'I2K332', report)));
    for (const manifest of manifests.of('Service'))
      walkTrie(serviceNames, manifest.object, [], nameCheck(reporterFor(manifest, 'I2K332', report)));
    for (const { manifest, spec, path } of claimsOf(manifests))
      walkTrie(claimNames, spec, [...path, 'spec'], nameCheck(reporterFor(manifest, 'I2K332', report)));
  },
};
