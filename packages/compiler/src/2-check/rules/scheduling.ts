// A pod's scheduling: node selection, affinity selectors, topology spread and tolerations.

import type { Path } from '../../diagnostic.ts';
import type { LabelSelector, NodeSelectorRequirement, Toleration } from '../../generated/kubernetes.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { podRule, type ReportAt } from '../rule.ts';

// Which machine a pod wants: by operating system, architecture, instance type and zone, and by nothing else.

/** The labels that mean something here, with the values that there are; null where AWS knows them. */
const NODE_LABELS: Readonly<Record<string, readonly string[] | null>> = {
  'kubernetes.io/os': ['linux'],
  'beta.kubernetes.io/os': ['linux'],
  'kubernetes.io/arch': ['amd64', 'arm64'],
  'beta.kubernetes.io/arch': ['amd64', 'arm64'],
  'node.kubernetes.io/instance-type': null,
  'beta.kubernetes.io/instance-type': null,
  'topology.kubernetes.io/zone': null,
  'failure-domain.beta.kubernetes.io/zone': null,
};

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

export const nodeSelection = podRule(['I2K411', 'I2K325', 'I2K407'], ({ spec, path }, say) => {
  for (const [label, value] of Object.entries(spec.nodeSelector ?? {})) {
    checkNodeLabel(label, [value], [...path, 'nodeSelector', label], say, [...path, 'nodeSelector', label]);
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return;
  const at = [
    ...path,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ];
  const terms = required.nodeSelectorTerms ?? [];
  if (terms.length === 0) say(at, 'a node affinity that is required needs a term', { code: 'I2K325' });
  if (terms.length > 1) say([...at, 1], 'one of several terms would have to be chosen', { hint: 'write one term' });
  for (const [index, { matchExpressions = [] }] of terms.entries()) {
    for (const [position, requirement] of matchExpressions.entries())
      checkRequirement(requirement, [...at, index, 'matchExpressions', position], say);
  }
});

function checkRequirement({ key, operator, values = [] }: NodeSelectorRequirement, path: Path, say: ReportAt): void {
  if (!OPERATORS.includes(operator)) {
    say([...path, 'operator'], `${JSON.stringify(operator)} is no operator`, { code: 'I2K325', hint: 'use In' });
  } else if (operator === 'In') {
    if (values.length === 0) say(path, 'the operator In needs values', { code: 'I2K325' });
    else checkNodeLabel(key, values, [...path, 'key'], say, [...path, 'values']);
  } else if (operator === 'Exists' && values.length > 0) {
    say([...path, 'values'], 'the operator Exists takes no values', { code: 'I2K325' });
  } else if (operator !== 'Exists' || !Object.hasOwn(NODE_LABELS, key)) {
    say([...path, 'operator'], `the operator ${operator} cannot be honoured for ${key}`, {
      hint: 'use In, and name the values that will do',
    });
  }
}

/** At least one of the values has to be there. */
function checkNodeLabel(label: string, values: readonly string[], path: Path, say: ReportAt, valuePath: Path): void {
  const there = Object.hasOwn(NODE_LABELS, label) ? NODE_LABELS[label] : undefined;
  if (there === undefined) {
    say(path, `no machine has the label ${JSON.stringify(label)}`);
  } else if (there !== null && !values.some((value) => there.includes(value))) {
    const isSystem = label.endsWith('/os');
    say(valuePath, `no machine has ${label}=${values.join(' or ')}`, {
      code: isSystem ? 'I2K407' : 'I2K411',
      hint: `use ${there.join(' or ')}`,
    });
  }
}

// Label selectors inside of a pod's wishes can be read, whatever is made of the wish. As ValidateLabelSelector of apimachinery.

const AFFINITY_TERMS = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[]`,
  `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`,
]);

const selectorPaths = trieOf<true>(
  Object.fromEntries(
    [
      ...AFFINITY_TERMS.flatMap((term) => [`${term}.labelSelector`, `${term}.namespaceSelector`]),
      'topologySpreadConstraints[].labelSelector',
    ].map((path) => [path, true]),
  ),
);

const labelKeyPaths = trieOf<true>(
  Object.fromEntries(
    [
      ...AFFINITY_TERMS.flatMap((term) => [`${term}.matchLabelKeys[]`, `${term}.mismatchLabelKeys[]`]),
      'topologySpreadConstraints[].matchLabelKeys[]',
    ].map((path) => [path, true]),
  ),
);

export const podSelectors = podRule(['I2K314'], ({ spec, path }, say) => {
  walkTrie(selectorPaths, spec, path, (_, selector, at) => {
    for (const { path: where, message } of labelSelectorProblems(selector as LabelSelector))
      say([...at, ...where], message);
  });
  walkTrie(labelKeyPaths, spec, path, (_, key, at) => {
    const problem = qualifiedName(String(key));
    if (problem) say(at, `the label key ${JSON.stringify(key)} ${problem}`);
  });
});

// A spread over zones that is demanded strictly: machines are spread evenly, but not held back.
// And as validateTopologySpreadConstraints of Kubernetes.

export const topologySpread = podRule(['I2K507', 'I2K325'], ({ spec, path }, say) => {
  for (const [index, { topologyKey, whenUnsatisfiable, minDomains }] of (
    spec.topologySpreadConstraints ?? []
  ).entries()) {
    if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
      say([...path, 'topologySpreadConstraints', index, 'minDomains'], 'minDomains goes with DoNotSchedule only', {
        code: 'I2K325',
      });
    }
    if (whenUnsatisfiable !== 'DoNotSchedule' || !topologyKey.endsWith('/zone')) continue;
    say(
      [...path, 'topologySpreadConstraints', index, 'whenUnsatisfiable'],
      'machines are spread evenly over the zones, but where a zone has no capacity another zone takes its share',
    );
  }
});

// Tolerations say nothing where no machine has taints, but have to make sense. As ValidateTolerations of Kubernetes.

const TAINT_EFFECTS = ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const tolerations = podRule(['I2K325'], ({ spec, path }, say) => {
  for (const [index, toleration] of (spec.tolerations ?? []).entries()) {
    const problem = tolerationProblem(toleration);
    if (problem) say([...path, 'tolerations', index], problem);
  }
});

function tolerationProblem({
  key = '',
  operator = '',
  value = '',
  effect = '',
  tolerationSeconds,
}: Toleration): string | undefined {
  const wrongKey = key === '' ? undefined : qualifiedName(key);
  if (wrongKey) return `the key ${JSON.stringify(key)} ${wrongKey}`;
  if (key === '' && operator !== 'Exists') return 'without a key the operator has to be Exists';
  if (!['', 'Equal', 'Exists'].includes(operator))
    return `${JSON.stringify(operator)} is no operator: Equal and Exists are`;
  if (operator === 'Exists' && value !== '') return 'the operator Exists takes no value';
  if (operator !== 'Exists' && labelValue(value)) return `the value ${JSON.stringify(value)} ${labelValue(value)}`;
  if (!TAINT_EFFECTS.includes(effect))
    return `${JSON.stringify(effect)} is no effect: ${TAINT_EFFECTS.slice(1).join(', ')} are`;
  return tolerationSeconds !== undefined && effect !== 'NoExecute'
    ? 'tolerationSeconds goes with the effect NoExecute only'
    : undefined;
}
