import { budgets } from '../../../src/2-check/rules/budgets.ts';
import { budget, deployment, having } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.minAvailable': 1 }, ['I2K339 spec']],
  [{ 'spec.maxUnavailable': '30%' }, []],
  [{ 'spec.maxUnavailable': '130%' }, ['I2K339 spec.maxUnavailable']],
  [{ 'spec.maxUnavailable': 'few' }, ['I2K339 spec.maxUnavailable']],
  [{ 'spec.maxUnavailable': -1 }, ['I2K339 spec.maxUnavailable']],
  [{ 'spec.unhealthyPodEvictionPolicy': 'Never' }, ['I2K339 spec.unhealthyPodEvictionPolicy']],
  [{ 'spec.selector.matchLabels': { app: 'api' } }, ['I2K564 spec.selector']],
  [{ 'spec.selector.matchLabels': { '': 'web' } }, ['I2K314 spec.selector.matchLabels', 'I2K564 spec.selector']],
  [{ 'spec.selector': undefined }, ['I2K564 spec']],
])('of %j', (changes, expected) =>
  expect(said(budgets, [deployment, having(budget, changes)]).map((line) => line.replace(/matchLabels.+/, 'matchLabels'))).toEqual(
    expected,
  ),
);
