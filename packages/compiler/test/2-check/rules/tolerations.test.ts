// Rule tolerations: they make sense.
import { tolerations } from '../../../src/2-check/rules/tolerations.ts';
import { inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const toleration = (one: object) => said(tolerations, [inPod({ tolerations: [one] })]);

it.each([
  { operator: 'Exists' },
  { key: 'a', value: 'b', effect: 'NoSchedule' },
  { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 },
])('takes %j', (one) => {
  expect(toleration(one)).toEqual([]);
});

it.each([
  {},
  { key: 'a b', operator: 'Exists' },
  { key: 'a', operator: 'Is' },
  { key: 'a', operator: 'Exists', value: 'b' },
  { key: 'a', value: 'a b' },
  { key: 'a', effect: 'Never' },
  { key: 'a', tolerationSeconds: 5 },
])('refuses %j', (one) => expect(toleration(one)).toEqual(['I2K325 ~p.tolerations[0]']));
