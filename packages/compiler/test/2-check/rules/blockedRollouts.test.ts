import { blockedRollouts } from '../../../src/2-check/rules/blockedRollouts.ts';
import { autoscaler, budget, deployment, having, pod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const none = having(budget, { 'spec.maxUnavailable': 0 });
const all = having(budget, { 'spec.maxUnavailable': undefined, 'spec.minAvailable': '100%' });
const recreated = having(deployment, { 'spec.strategy.type': 'Recreate' });

it('a rollout that brings machines first is not blocked', () => {
  expect(said(blockedRollouts, [deployment, none])).toEqual([]);
  expect(said(blockedRollouts, [recreated, budget])).toEqual([]);
});

it('one that takes machines away first is', () => {
  expect(said(blockedRollouts, [recreated, none])).toEqual(['I2K477 spec.maxUnavailable']);
  expect(said(blockedRollouts, [recreated, all])).toEqual(['I2K477 spec.minAvailable']);
  expect(said(blockedRollouts, [pod, all])).toEqual(['I2K477 spec.minAvailable']);
  expect(
    said(blockedRollouts, [having(deployment, { 'spec.strategy.rollingUpdate': { maxSurge: 0, maxUnavailable: 1 } }), none]),
  ).toHaveLength(1);
  expect(
    said(blockedRollouts, [recreated, autoscaler, having(budget, { 'spec.maxUnavailable': undefined, 'spec.minAvailable': 1 })]),
  ).toHaveLength(1);
});
