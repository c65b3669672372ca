// Rules requiredTemplates, workloadSelectors and selectorMatchesTemplate.

import { requiredTemplates, selectorMatchesTemplate, workloadSelectors } from '../../../src/2-check/rules/workloads.ts';
import { deployment, replicationController, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it('a ReplicationController needs a template', () => {
  expect(findingsOf(requiredTemplates, [replicationController])).toEqual([]);
  expect(findingsOf(requiredTemplates, [withFields(replicationController, { 'spec.template': undefined })])).toEqual([
    'I2K305 spec',
  ]);
});

// Rule selectors: a selector says something, and can be read.

const selector = (one: object) => findingsOf(workloadSelectors, [withFields(deployment, { 'spec.selector': one })]);
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

// Rule selectorMatches: a Deployment's selector matches its own pods.

const templateSelector = (one: object) =>
  findingsOf(selectorMatchesTemplate, [withFields(deployment, { 'spec.selector': one })]);

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
])('takes %j', (one) => expect(templateSelector(one)).toEqual([]));

it.each([
  [{ matchLabels: { app: 'other' } }, '.matchLabels.app'],
  [{ matchLabels: { app: 'web', tier: 'x' } }, '.matchLabels.tier'],
  [{ matchLabels: { constructor: 'x' } }, '.matchLabels.constructor'],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, ''],
  [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, ''],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ''],
])('refuses %j', (one, at) => expect(templateSelector(one)).toEqual([`I2K315 spec.selector${at}`]));
