// How a Deployment is rolled out. As ValidateDeploymentStrategy and ValidateRollingUpdateDeployment of Kubernetes.
import type { IntOrString } from '../../generated/kubernetes.ts';
import { objectRule } from '../rule.ts';

export const deploymentStrategy = objectRule('Deployment', ['I2K316', 'I2K510'], ({ spec }, say) => {
  const path = ['spec', 'strategy'];
  const { type, rollingUpdate } = spec.strategy;
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined) say([...path, 'rollingUpdate'], 'the strategy Recreate takes no rollingUpdate');
    say([...path, 'type'], 'machines of the old and the new template may overlap while they shut down and boot', {
      code: 'I2K510',
    });
    return;
  }
  if (type !== 'RollingUpdate') {
    say([...path, 'type'], `${JSON.stringify(type)} is no strategy`, { hint: 'use RollingUpdate or Recreate' });
    return;
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
  for (const [field, value] of Object.entries({ maxSurge, maxUnavailable })) {
    const problem =
      shareProblem(value) ?? (field === 'maxUnavailable' && percent(value) > 100 ? 'is more than 100%' : undefined);
    if (problem) say([...path, 'rollingUpdate', field], `${field} ${JSON.stringify(value)} ${problem}`);
  }
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    say([...path, 'rollingUpdate'], 'maxSurge and maxUnavailable are both 0, so no machine could ever be replaced', {
      hint: 'set maxSurge to 1',
    });
  }
});

function shareProblem(value: IntOrString): string | undefined {
  if (typeof value === 'number') return value < 0 ? 'is negative' : undefined;
  return /^\d+%$/.test(value) ? undefined : 'is neither a number nor a percentage like 25%';
}

/** Of machines: a number from 1, or a percentage from 1% to 100%. */
export const isPositiveShare = (value: IntOrString): boolean =>
  shareProblem(value) === undefined && !isZero(value) && percent(value) <= 100;

const percent = (value: IntOrString): number => (typeof value === 'string' ? Number.parseInt(value, 10) : 0);

const isZero = (value: IntOrString): boolean =>
  value === 0 || value === '0%' || (typeof value === 'string' && /^0+%$/.test(value));
