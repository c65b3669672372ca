// Rule strategy: how a Deployment is rolled out.
import { deploymentStrategy } from '../../../src/2-check/rules/deploymentStrategy.ts';
import { deployment, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const by = (one: object) => findingsOf(deploymentStrategy, [withFields(deployment, { 'spec.strategy': one })]);
const rolling = (maxSurge: unknown, maxUnavailable: unknown) =>
  by({ type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } });

it.each([
  [1, 0],
  [0, 1],
  ['25%', '100%'],
  ['200%', 0],
  ['0%', '1%'],
])('takes surge %j with unavailable %j', (surge, unavailable) => expect(rolling(surge, unavailable)).toEqual([]));

it.each([
  [0, 0, ''],
  ['0%', 0, ''],
  ['00%', '0%', ''],
  [-1, 1, '.maxSurge'],
  ['25', 1, '.maxSurge'],
  ['1.5%', 1, '.maxSurge'],
  [1, '101%', '.maxUnavailable'],
])('refuses surge %j with unavailable %j', (surge, unavailable, at) =>
  expect(rolling(surge, unavailable)).toEqual([`I2K316 spec.strategy.rollingUpdate${at}`]),
);

it('warns of Recreate, which has no further settings', () => {
  expect(by({ type: 'Recreate' })).toEqual(['I2K510 spec.strategy.type']);
  expect(by({ type: 'Recreate', rollingUpdate: {} })).toEqual([
    'I2K316 spec.strategy.rollingUpdate',
    'I2K510 spec.strategy.type',
  ]);
  expect(by({ type: 'BlueGreen' })).toEqual(['I2K316 spec.strategy.type']);
});
