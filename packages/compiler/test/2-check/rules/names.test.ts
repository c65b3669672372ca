// Rule names: objects and namespaces have names that DNS can carry.
import { names } from '../../../src/2-check/rules/names.ts';
import { configMap, deployment, having, namespace, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const named = (object: Parameters<typeof having>[0], name: unknown) => said(names, [having(object, { 'metadata.name': name })]);

it.each([
  [deployment, 'web.v2'],
  [deployment, 'a'.repeat(253)],
  [configMap, '1-2'],
  [service, 'a'.repeat(63)],
  [namespace, 'team-a'],
])('takes %#', (object, name) => expect(named(object, name)).toEqual([]));

it.each([
  [deployment, 'wéb'],
  [deployment, 'Web'],
  [deployment, 'a'.repeat(254)],
  [deployment, '-a'],
  [deployment, 'a..b'],
  [service, 'a'.repeat(64)],
  [service, '1web'],
  [service, 'a.b'],
  [namespace, 'a.b'],
])('refuses %#', (object, name) => expect(named(object, name)).toEqual(['I2K301 metadata.name']));

it('wants a name, and a namespace that is a label', () => {
  expect(named(configMap, undefined)).toEqual(['I2K301 metadata']);
  expect(named(configMap, '')).toEqual(['I2K301 metadata.name']);
  expect(said(names, [having(configMap, { 'metadata.namespace': 'a.b' })])).toEqual(['I2K301 metadata.namespace']);
});
