// Rules names, duplicateObjects, labels and metadata.

import { duplicateObjects, labels, metadata, names } from '../../../src/2-check/rules/metadata.ts';
import { configMap, deployment, namespace, secret, service, withFields, withValueAt } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule names: objects and namespaces have names that DNS can carry.

const named = (object: Parameters<typeof withFields>[0], name: unknown) =>
  findingsOf(names, [withFields(object, { 'metadata.name': name })]);

it.each([
  [deployment, 'web.v2'],
  [deployment, 'a'.repeat(253)],
  [configMap, '1-2'],
  [service, 'a'.repeat(63)],
  [service, '1web'],
  [namespace, 'team-a'],
])('takes %#', (object, name) => expect(named(object, name)).toEqual([]));

it.each([
  [deployment, 'wéb'],
  [deployment, 'Web'],
  [deployment, 'a'.repeat(254)],
  [deployment, '-a'],
  [deployment, 'a..b'],
  [service, 'a'.repeat(64)],
  [service, 'a.b'],
  [namespace, 'a.b'],
])('refuses %#', (object, name) => expect(named(object, name)).toEqual(['I2K301 metadata.name']));

it('wants a name, and a namespace that is a label', () => {
  expect(named(configMap, undefined)).toEqual(['I2K301 metadata']);
  expect(named(configMap, '')).toEqual(['I2K301 metadata.name']);
  expect(findingsOf(names, [withFields(configMap, { 'metadata.namespace': 'a.b' })])).toEqual([
    'I2K301 metadata.namespace',
  ]);
});

// Rule duplicates: one object of a kind has a name in a namespace.

it('refuses the second one', () =>
  expect(findingsOf(duplicateObjects, [configMap, configMap])).toEqual(['I2K304 metadata.name']));

it('allows one name in two kinds, and in two namespaces', () => {
  expect(
    findingsOf(duplicateObjects, [configMap, secret, withFields(configMap, { 'metadata.namespace': 'other' })]),
  ).toEqual([]);
});

// Rule labels: keys and values of labels, keys and size of annotations.

const withLabel = (key: string, value: string) =>
  findingsOf(labels, [withValueAt(deployment, ['metadata', 'labels', key], value)]);

it.each([
  ['app.kubernetes.io/name', 'web'],
  ['app', ''],
  ['a', 'A_b.c-d'],
  ['constructor', 'x'],
])('takes %s=%s', (key, value) => expect(withLabel(key, value)).toEqual([]));

it.each([
  ['a/b/c', 'x'],
  ['/b', 'x'],
  ['-a', 'x'],
  ['a'.repeat(64), 'x'],
  ['EXAMPLE.com/a', 'x'],
  ['a', 'x y'],
  ['a', '-x'],
  ['a', 'x'.repeat(64)],
])('refuses %s=%s', (key, value) => expect(withLabel(key, value)).toHaveLength(1));

it('reads the pod template, too', () => {
  const object = withValueAt(deployment, ['spec', 'template', 'metadata', 'labels', 'a'], 'x y');
  expect(findingsOf(labels, [object])).toEqual(['I2K302 spec.template.metadata.labels.a']);
});

it('limits annotations', () => {
  expect(findingsOf(labels, [withValueAt(deployment, ['metadata', 'annotations', 'a b'], 'x')])).toEqual([
    'I2K303 metadata.annotations["a b"]',
  ]);
  expect(findingsOf(labels, [withValueAt(deployment, ['metadata', 'annotations', 'A'], 'ü'.repeat(131072))])).toEqual([
    'I2K303 metadata.annotations',
  ]);
});

// Rule metadata: what a cluster writes or reads.

const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: '1' };

it('takes what a cluster writes', () => {
  expect(
    findingsOf(metadata, [
      withFields(configMap, {
        'metadata.finalizers': ['example.com/a', 'orphan'],
        'metadata.generateName': 'a-',
        'metadata.ownerReferences': [owner],
      }),
    ]),
  ).toEqual([]);
});

it('refuses what it would not', () => {
  expect(findingsOf(metadata, [withFields(configMap, { 'metadata.finalizers': ['mine'] })])).toEqual([
    'I2K334 metadata.finalizers[0]',
  ]);
  expect(findingsOf(metadata, [withFields(configMap, { 'metadata.generateName': 'A-' })])).toEqual([
    'I2K334 metadata.generateName',
  ]);
  expect(findingsOf(metadata, [withFields(service, { 'metadata.generateName': 'a.b-' })])).toEqual([
    'I2K334 metadata.generateName',
  ]);
  expect(
    findingsOf(metadata, [withFields(configMap, { 'metadata.ownerReferences': [{ ...owner, uid: '' }] })]),
  ).toEqual(['I2K334 metadata.ownerReferences[0].uid']);
  expect(findingsOf(metadata, [withFields(namespace, { 'spec.finalizers': ['a b'] })])).toEqual([
    'I2K334 spec.finalizers[0]',
  ]);
});
