// The labels of nodes that a pod requires: by nodeSelector, and by required node affinity.
import type { PodSpec } from '../../generated/kubernetes.ts';

const betaLabels: Readonly<Record<string, string>> = {
  'kubernetes.io/arch': 'beta.kubernetes.io/arch',
  'node.kubernetes.io/instance-type': 'beta.kubernetes.io/instance-type',
  'topology.kubernetes.io/zone': 'failure-domain.beta.kubernetes.io/zone',
};

/** The first value that a nodeSelector or a required node affinity allows for a label. */
export function selectedValue(spec: PodSpec, label: string): string | undefined {
  return selectedValues(spec, label)?.[0];
}

/** The values that all of a pod's requirements allow, in order; undefined if none mentions the label. */
export function selectedValues(spec: PodSpec, label: string): readonly string[] | undefined {
  const names = [label, betaLabels[label] ?? label];
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const [first, ...others] = [
    ...names.flatMap((name) => (spec.nodeSelector?.[name] === undefined ? [] : [[spec.nodeSelector[name]]])),
    ...terms
      .flatMap((term) => term.matchExpressions ?? [])
      .filter(({ key, operator, values = [] }) => names.includes(key) && operator === 'In' && values.length > 0)
      .map(({ values = [] }) => values),
  ];
  return first?.filter((value) => others.every((allowed) => allowed.includes(value))).sort();
}
