// Tolerations say nothing where no machine has taints, but have to make sense. As ValidateTolerations of Kubernetes.
import type { Toleration } from '../../generated/kubernetes.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { perPod } from '../rule.ts';

const EFFECTS = ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const tolerations = perPod(['I2K325'], ({ spec, path }, say) => {
  for (const [index, toleration] of (spec.tolerations ?? []).entries()) {
    const problem = problemOf(toleration);
    if (problem) say([...path, 'tolerations', index], problem);
  }
});

function problemOf({ key = '', operator = '', value = '', effect = '', tolerationSeconds }: Toleration): string | undefined {
  const wrongKey = key === '' ? undefined : qualifiedName(key);
  if (wrongKey) return `the key ${JSON.stringify(key)} ${wrongKey}`;
  if (key === '' && operator !== 'Exists') return 'without a key the operator has to be Exists';
  if (!['', 'Equal', 'Exists'].includes(operator)) return `${JSON.stringify(operator)} is no operator: Equal and Exists are`;
  if (operator === 'Exists' && value !== '') return 'the operator Exists takes no value';
  if (operator !== 'Exists' && labelValue(value)) return `the value ${JSON.stringify(value)} ${labelValue(value)}`;
  if (!EFFECTS.includes(effect)) return `${JSON.stringify(effect)} is no effect: ${EFFECTS.slice(1).join(', ')} are`;
  return tolerationSeconds !== undefined && effect !== 'NoExecute' ? 'tolerationSeconds goes with the effect NoExecute only' : undefined;
}
