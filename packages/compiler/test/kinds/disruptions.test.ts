// The number of machines that a PodDisruptionBudget lets be missing: percentages round up, as in Kubernetes.
import { allowedDisruptions, type DisruptionBudget } from '../../src/kinds/shared/disruptions.ts';

const budget = (spec: object) => ({ object: { spec } }) as DisruptionBudget;

// getExpectedPodCount of Kubernetes' disruption controller: GetScaledValueFromIntOrPercent with roundUp.
test.each([
  ['maxUnavailable', 1, 3, 1],
  ['maxUnavailable', 5, 3, 3],
  ['maxUnavailable', 0, 3, 0],
  ['maxUnavailable', '0%', 3, 0],
  ['maxUnavailable', '1%', 1, 1],
  ['maxUnavailable', '30%', 7, 3],
  ['maxUnavailable', '33%', 3, 1],
  ['maxUnavailable', '34%', 3, 2],
  ['maxUnavailable', '50%', 3, 2],
  ['maxUnavailable', '100%', 5, 5],
  ['minAvailable', 2, 3, 1],
  ['minAvailable', 5, 3, 0],
  ['minAvailable', '0%', 3, 3],
  ['minAvailable', '1%', 1, 0],
  ['minAvailable', '30%', 7, 4],
  ['minAvailable', '33%', 3, 2],
  ['minAvailable', '34%', 3, 1],
  ['minAvailable', '50%', 7, 3],
  ['minAvailable', '100%', 5, 0],
] as const)('%s: %j of %i machines lets %i be missing', (field, value, replicas, allowed) => {
  expect(allowedDisruptions(budget({ [field]: value }), replicas)).toBe(allowed);
});

test('a budget of neither keeps one machine', () => {
  expect([1, 3].map((replicas) => allowedDisruptions(budget({}), replicas))).toEqual([0, 2]);
});
