// A pod's scheduling: node selection, affinity selectors, topology spread and tolerations.

import type { Path } from '../../diagnostic.ts';
import type { LabelSelector, NodeSelectorRequirement, Toleration } from '../../generated/kubernetes.ts';
import { selectedValues } from '../../kinds/shared/nodeSelection.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { podRule, type ReportAt, type Rule, reporterFor } from '../rule.ts';

/** The supported labels, each with its possible values; null if only AWS knows them. */
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

/** Node selection of a pod: by operating system, architecture, instance type and zone only. */
export const nodeSelection = podRule(['I2K411', 'I2K325', 'I2K407'], ({ spec, path }, reportAt) => {
  for (const [label, value] of Object.entries(spec.nodeSelector ?? {})) {
    checkNodeLabel(label, [value], [...path, 'nodeSelector', label], reportAt, [...path, 'nodeSelector', label]);
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const label of Object.keys(NODE_LABELS))
    if (selectedValues(spec, label)?.length === 0)
      reportAt(
        [...path, spec.affinity === undefined ? 'nodeSelector' : 'affinity'],
        `the requirements of ${label} contradict each other`,
        {
          hint: 'Let one value meet all of them.',
        },
      );
  if (!required) return;
  const itemPath = [
    ...path,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ];
  const terms = required.nodeSelectorTerms ?? [];
  if (terms.length === 0) reportAt(itemPath, 'a required node affinity needs a term', { code: 'I2K325' });
  if (terms.length > 1)
    reportAt([...itemPath, 1], 'i2kit cannot choose one of several terms', { hint: 'Write one term.' });
  for (const [index, { matchExpressions = [] }] of terms.entries()) {
    for (const [position, requirement] of matchExpressions.entries())
      checkRequirement(requirement, [...itemPath, index, 'matchExpressions', position], reportAt);
  }
});

function checkRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: Path,
  reportAt: ReportAt,
): void {
  if (!OPERATORS.includes(operator)) {
    reportAt([...path, 'operator'], `${JSON.stringify(operator)} is not an operator`, {
      code: 'I2K325',
      hint: 'Use In.',
    });
  } else if (operator === 'In') {
    if (values.length === 0) reportAt(path, 'the operator In needs values', { code: 'I2K325' });
    else checkNodeLabel(key, values, [...path, 'key'], reportAt, [...path, 'values']);
  } else if (operator === 'Exists' && values.length > 0) {
    reportAt([...path, 'values'], 'the operator Exists takes no values', { code: 'I2K325' });
  } else if (operator !== 'Exists' || !Object.hasOwn(NODE_LABELS, key)) {
    reportAt([...path, 'operator'], `the operator ${operator} is not supported for ${key}`, {
      hint: 'Use In with the acceptable values.',
    });
  }
}

/** Zones are named after their region, local zones as well: us-west-2-lax-1a. */
const ZONE_NAME = /^[a-z]{2}(-[a-z]+){1,3}-\d/;

export const zonesOfRegion: Rule = {
  codes: ['I2K657'],
  check(manifests, report, options) {
    const region = options?.config?.region;
    if (region === undefined) return;
    for (const { manifest, spec, path } of podsOf(manifests)) {
      const foreign = selectedValues(spec, 'topology.kubernetes.io/zone')?.find(
        (zone) => ZONE_NAME.test(zone) && !zone.startsWith(region),
      );
      if (foreign !== undefined)
        reporterFor(
          manifest,
          'I2K657',
          report,
        )(
          [...path, spec.nodeSelector?.['topology.kubernetes.io/zone'] === foreign ? 'nodeSelector' : 'affinity'],
          `${foreign} is not a zone of the region ${region}`,
        );
    }
  },
};

/** At least one of the values must exist. */
function checkNodeLabel(
  label: string,
  values: readonly string[],
  path: Path,
  reportAt: ReportAt,
  valuePath: Path,
): void {
  const labelValues = Object.hasOwn(NODE_LABELS, label) ? NODE_LABELS[label] : undefined;
  if (labelValues === undefined) {
    reportAt(path, `no machine has the label ${JSON.stringify(label)}`);
  } else if (labelValues !== null && !values.some((value) => labelValues.includes(value))) {
    const isSystem = label.endsWith('/os');
    reportAt(valuePath, `no machine has ${label}=${values.join(' or ')}`, {
      code: isSystem ? 'I2K407' : 'I2K411',
      hint: `Use ${labelValues.join(' or ')}.`,
    });
  }
}

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

/**
 * Label selectors of a pod's affinity are valid, even where the affinity is ignored. As ValidateLabelSelector of
 * apimachinery.
 */
export const podSelectors = podRule(['I2K314'], ({ spec, path }, reportAt) => {
  walkTrie(selectorPaths, spec, path, (_, selector, path) => {
    for (const { path: where, message } of labelSelectorProblems(selector as LabelSelector))
      reportAt([...path, ...where], message);
  });
  walkTrie(labelKeyPaths, spec, path, (_, key, path) => {
    const problem = qualifiedName(String(key));
    if (problem) reportAt(path, `the label key ${JSON.stringify(key)} ${problem}`);
  });
});

/**
 * A strict spread over zones: machines are spread evenly, but never held back. As validateTopologySpreadConstraints
 * of Kubernetes.
 */
export const topologySpread = podRule(['I2K507', 'I2K325'], ({ spec, path }, reportAt) => {
  for (const [index, { topologyKey, whenUnsatisfiable, minDomains }] of (
    spec.topologySpreadConstraints ?? []
  ).entries()) {
    if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
      reportAt([...path, 'topologySpreadConstraints', index, 'minDomains'], 'minDomains requires DoNotSchedule', {
        code: 'I2K325',
      });
    }
    if (whenUnsatisfiable !== 'DoNotSchedule' || !topologyKey.endsWith('/zone')) continue;
    reportAt(
      [...path, 'topologySpreadConstraints', index, 'whenUnsatisfiable'],
      'machines are spread evenly over the zones, but if a zone has no capacity, another zone takes its share',
    );
  }
});

const TAINT_EFFECTS = ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/**
 * Tolerations have no effect, as machines have no taints, but must be valid. As ValidateTolerations of Kubernetes.
 */
export const tolerations = podRule(['I2K325'], ({ spec, path }, reportAt) => {
  for (const [index, toleration] of (spec.tolerations ?? []).entries()) {
    const problem = tolerationProblem(toleration);
    if (problem) reportAt([...path, 'tolerations', index], problem);
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
  if (key === '' && operator !== 'Exists') return 'without a key the operator must be Exists';
  if (!['', 'Equal', 'Exists'].includes(operator))
    return `${JSON.stringify(operator)} is not an operator. Use Equal or Exists`;
  if (operator === 'Exists' && value !== '') return 'the operator Exists takes no value';
  if (operator !== 'Exists' && labelValue(value)) return `the value ${JSON.stringify(value)} ${labelValue(value)}`;
  if (!TAINT_EFFECTS.includes(effect))
    return `${JSON.stringify(effect)} is not an effect. Use one of ${TAINT_EFFECTS.slice(1).join(', ')}`;
  return tolerationSeconds !== undefined && effect !== 'NoExecute'
    ? 'tolerationSeconds requires the effect NoExecute'
    : undefined;
}
