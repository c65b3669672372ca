// Rule selectors: a selector says something, and can be read.
import { selectors } from '../../../src/2-check/rules/selectors.ts';
import { deployment, having } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const selector = (one: object) => said(selectors, [having(deployment, { 'spec.selector': one })]);
const expression = (one: object) => selector({ matchExpressions: [one] });

it('takes selectors', () => {
  expect(selector({ matchLabels: { app: 'web' } })).toEqual([]);
  expect(expression({ key: 'app', operator: 'In', values: ['web'] })).toEqual([]);
  expect(expression({ key: 'app', operator: 'Exists' })).toEqual([]);
});

it('refuses an empty one', () => {
  expect(selector({})).toEqual(['I2K314 spec.selector']);
  expect(selector({ matchLabels: {}, matchExpressions: [] })).toEqual(['I2K314 spec.selector']);
});

it.each([
  { key: 'app', operator: 'in', values: ['a'] },
  { key: 'app', operator: 'In' },
  { key: 'app', operator: 'Exists', values: ['a'] },
  { key: 'a b', operator: 'Exists' },
  { key: 'app', operator: 'NotIn', values: ['a b'] },
])('refuses %j', (one) => expect(expression(one)).toEqual(['I2K314 spec.selector.matchExpressions[0]']));

it('refuses labels that cannot be', () =>
  expect(selector({ matchLabels: { app: 'a b' } })).toEqual(['I2K314 spec.selector.matchLabels.app']));
