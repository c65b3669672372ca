// The rollout strategy of a Deployment. As ValidateDeploymentStrategy and ValidateRollingUpdateDeployment of
// Kubernetes.
import type { IntOrString } from '../../generated/kubernetes.ts';
import { objectRule } from '../rule.ts';

export const deploymentStrategy = objectRule('Deployment', ['I2K316', 'I2K510'], ({ spec }, reportAt) => {
  const path = ['spec', 'strategy'];
  const { type, rollingUpdate } = spec.strategy;
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined)
      reportAt([...path, 'rollingUpdate'], 'the strategy Recreate cannot have rollingUpdate');
    reportAt([...path, 'type'], 'old machines may still be shutting down while new ones boot', {
      code: 'I2K510',
    });
    return;
  }
  if (type !== 'RollingUpdate') {
    reportAt([...path, 'type'], `${JSON.stringify(type)} is not a strategy`, {
      hint: 'Use RollingUpdate or Recreate.',
    });
    return;
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
  for (const [field, value] of Object.entries({ maxSurge, maxUnavailable })) {
    const problem =
      shareProblem(value) ?? (field === 'maxUnavailable' && percent(value) > 100 ? 'is more than 100%' : undefined);
    if (problem) reportAt([...path, 'rollingUpdate', field], `${field} ${JSON.stringify(value)} ${problem}`);
  }
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    reportAt(
      [...path, 'rollingUpdate'],
      'maxSurge and maxUnavailable are both 0, so no machine could ever be replaced',
      {
        hint: 'Set maxSurge to 1.',
      },
    );
  }
});

function shareProblem(value: IntOrString): string | undefined {
  if (typeof value === 'number') return value < 0 ? 'is negative' : undefined;
  return /^\d+%$/.test(value) ? undefined : 'is neither a number nor a percentage like 25%';
}

/** A number of machines from 1, or a percentage from 1% to 100%. */
export const isPositiveShare = (value: IntOrString): boolean =>
  shareProblem(value) === undefined && !isZero(value) && percent(value) <= 100;

const percent = (value: IntOrString): number => (typeof value === 'string' ? Number.parseInt(value, 10) : 0);

const isZero = (value: IntOrString): boolean =>
  value === 0 || value === '0%' || (typeof value === 'string' && /^0+%$/.test(value));
