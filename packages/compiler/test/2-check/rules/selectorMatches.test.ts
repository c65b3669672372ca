// Rule selectorMatches: a Deployment's selector matches its own pods.
import { selectorMatches } from '../../../src/2-check/rules/selectorMatches.ts';
import { deployment, having } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const selector = (one: object) => said(selectorMatches, [having(deployment, { 'spec.selector': one })]);

it.each([
  { matchLabels: { app: 'web' } },
  { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'x'] }] },
  {
    matchExpressions: [
      { key: 'app', operator: 'NotIn', values: ['x'] },
      { key: 'tier', operator: 'DoesNotExist' },
    ],
  },
  // Another rule's business.
  {},
])('takes %j', (one) => expect(selector(one)).toEqual([]));

it.each([
  [{ matchLabels: { app: 'other' } }, '.matchLabels.app'],
  [{ matchLabels: { app: 'web', tier: 'x' } }, '.matchLabels.tier'],
  [{ matchLabels: { constructor: 'x' } }, '.matchLabels.constructor'],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, ''],
  [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, ''],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ''],
])('refuses %j', (one, at) => expect(selector(one)).toEqual([`I2K315 spec.selector${at}`]));
