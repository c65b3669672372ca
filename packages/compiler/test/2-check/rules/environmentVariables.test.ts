// Rule env: a name, and a value or one source.
import { environmentVariables } from '../../../src/2-check/rules/environmentVariables.ts';
import { inContainer } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const variable = (one: object) => findingsOf(environmentVariables, [inContainer({ env: [one] })]);
const configMapKeyRef = { name: 'a', key: 'k' };

it.each(['A', 'a.b-c', '1', 'with space', '__proto__'])('takes the name %j', (name) =>
  expect(variable({ name, value: '$(A) ${B}' })).toEqual([]),
);

it.each(['', 'a=b', 'ü', 'a\tb'])('refuses the name %j', (name) =>
  expect(variable({ name })).toEqual(['I2K308 ~c.env[0].name']),
);

it('wants exactly one source', () => {
  expect(variable({ name: 'A', valueFrom: { configMapKeyRef } })).toEqual([]);
  expect(variable({ name: 'A', value: '', valueFrom: { configMapKeyRef } })).toEqual([]);
  expect(variable({ name: 'A', valueFrom: {} })).toEqual(['I2K308 ~c.env[0].valueFrom']);
  expect(variable({ name: 'A', value: 'x', valueFrom: { configMapKeyRef } })).toEqual(['I2K308 ~c.env[0].valueFrom']);
  expect(variable({ name: 'A', valueFrom: { configMapKeyRef, secretKeyRef: configMapKeyRef } })).toEqual([
    'I2K308 ~c.env[0].valueFrom',
  ]);
});

it('wants one of envFrom, too', () => {
  const from = (one: object) => findingsOf(environmentVariables, [inContainer({ envFrom: [one] })]);
  expect(from({ configMapRef: { name: 'a' }, prefix: 'A_' })).toEqual([]);
  expect(from({})).toEqual(['I2K308 ~c.envFrom[0]']);
  expect(from({ configMapRef: { name: 'a' }, secretRef: { name: 'a' } })).toEqual(['I2K308 ~c.envFrom[0]']);
  expect(from({ configMapRef: { name: 'a' }, prefix: '=' })).toEqual(['I2K308 ~c.envFrom[0].prefix']);
});
