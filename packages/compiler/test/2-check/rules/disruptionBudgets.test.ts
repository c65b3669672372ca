// Rules disruptionBudgets and blockedRollouts: PodDisruptionBudgets.

import { blockedRollouts, disruptionBudgets } from '../../../src/2-check/rules/disruptionBudgets.ts';
import { autoscaler, budget, deployment, pod, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

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
  expect(
    findingsOf(disruptionBudgets, [deployment, withFields(budget, changes)]).map((line) =>
      line.replace(/matchLabels.+/, 'matchLabels'),
    ),
  ).toEqual(expected),
);

const none = withFields(budget, { 'spec.maxUnavailable': 0 });
const all = withFields(budget, { 'spec.maxUnavailable': undefined, 'spec.minAvailable': '100%' });
const recreated = withFields(deployment, { 'spec.strategy.type': 'Recreate' });

it('a rollout that brings machines first is not blocked', () => {
  expect(findingsOf(blockedRollouts, [deployment, none])).toEqual([]);
  expect(findingsOf(blockedRollouts, [recreated, budget])).toEqual([]);
});

it('one that takes machines away first is', () => {
  expect(findingsOf(blockedRollouts, [recreated, none])).toEqual(['I2K477 spec.maxUnavailable']);
  expect(findingsOf(blockedRollouts, [recreated, all])).toEqual(['I2K477 spec.minAvailable']);
  expect(findingsOf(blockedRollouts, [pod, all])).toEqual(['I2K477 spec.minAvailable']);
  expect(
    findingsOf(blockedRollouts, [
      withFields(deployment, { 'spec.strategy.rollingUpdate': { maxSurge: 0, maxUnavailable: 1 } }),
      none,
    ]),
  ).toHaveLength(1);
  expect(
    findingsOf(blockedRollouts, [
      recreated,
      autoscaler,
      withFields(budget, { 'spec.maxUnavailable': undefined, 'spec.minAvailable': 1 }),
    ]),
  ).toHaveLength(1);
});
