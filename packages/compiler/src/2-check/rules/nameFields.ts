// Names in fields other than metadata, as validated by Kubernetes (k8s.io/kubernetes/pkg/apis/core/validation).

import { type FieldTable, fieldTableRule } from '../fieldTable.ts';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../formats.ts';

type FormatCheck = (text: string) => string | undefined;

const withFormat = (paths: readonly string[], format: FormatCheck) =>
  Object.fromEntries(paths.map((path) => [path, format]));

const containers = ['containers[]', 'initContainers[]'];
const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[].namespaces[]`,
  `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.namespaces[]`,
]);

const podNames: FieldTable<FormatCheck> = {
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
};

const REQUIRED_FIELDS = ['appProtocol', 'namespaces'];

export const nameFields = fieldTableRule<FormatCheck>(
  'I2K332',
  {
    pods: podNames,
    claims: { storageClassName: dnsSubdomain },
    kinds: { Service: { 'spec.ports[].appProtocol': qualifiedName } },
  },
  (format, value, path, reportAt) => {
    const field = path.findLast((step) => typeof step === 'string');
    // An empty name counts as absent; if one is required, another rule reports it.
    const problem =
      typeof value === 'string' && (value !== '' || REQUIRED_FIELDS.includes(String(field)))
        ? format(value)
        : undefined;
    if (problem) reportAt(path, `${field} ${JSON.stringify(value)} ${problem}`);
  },
);
