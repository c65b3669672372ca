// Which machine a pod wants: by operating system, architecture, instance type and zone, and by nothing else.

import type { Path } from '../../diagnostic.ts';
import type { NodeSelectorRequirement } from '../../generated/kubernetes.ts';
import { perPod, type Say } from '../rule.ts';

/** The labels that mean something here, with the values that there are; null where AWS knows them. */
const LABELS: Readonly<Record<string, readonly string[] | null>> = {
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

export const nodeSelection = perPod(['I2K411', 'I2K325', 'I2K407'], ({ spec, path }, say) => {
  for (const [label, value] of Object.entries(spec.nodeSelector ?? {})) {
    checkLabel(label, [value], [...path, 'nodeSelector', label], say, [...path, 'nodeSelector', label]);
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return;
  const at = [...path, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];
  const terms = required.nodeSelectorTerms ?? [];
  if (terms.length === 0) say(at, 'a node affinity that is required needs a term', { code: 'I2K325' });
  if (terms.length > 1) say([...at, 1], 'one of several terms would have to be chosen', { hint: 'write one term' });
  for (const [index, { matchExpressions = [] }] of terms.entries()) {
    for (const [position, requirement] of matchExpressions.entries()) check(requirement, [...at, index, 'matchExpressions', position], say);
  }
});

function check({ key, operator, values = [] }: NodeSelectorRequirement, path: Path, say: Say): void {
  if (!OPERATORS.includes(operator)) {
    say([...path, 'operator'], `${JSON.stringify(operator)} is no operator`, { code: 'I2K325', hint: 'use In' });
  } else if (operator === 'In') {
    if (values.length === 0) say(path, 'the operator In needs values', { code: 'I2K325' });
    else checkLabel(key, values, [...path, 'key'], say, [...path, 'values']);
  } else if (operator === 'Exists' && values.length > 0) {
    say([...path, 'values'], 'the operator Exists takes no values', { code: 'I2K325' });
  } else if (operator !== 'Exists' || !Object.hasOwn(LABELS, key)) {
    say([...path, 'operator'], `the operator ${operator} cannot be honoured for ${key}`, {
      hint: 'use In, and name the values that will do',
    });
  }
}

/** At least one of the values has to be there. */
function checkLabel(label: string, values: readonly string[], path: Path, say: Say, valuePath: Path): void {
  const there = Object.hasOwn(LABELS, label) ? LABELS[label] : undefined;
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
