// Rule metadata: what a cluster writes or reads.
import { metadata } from '../../../src/2-check/rules/metadata.ts';
import { configMap, having, namespace, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: '1' };

it('takes what a cluster writes', () => {
  expect(
    said(metadata, [
      having(configMap, {
        'metadata.finalizers': ['example.com/a', 'orphan'],
        'metadata.generateName': 'a-',
        'metadata.ownerReferences': [owner],
      }),
    ]),
  ).toEqual([]);
});

it('refuses what it would not', () => {
  expect(said(metadata, [having(configMap, { 'metadata.finalizers': ['mine'] })])).toEqual(['I2K334 metadata.finalizers[0]']);
  expect(said(metadata, [having(configMap, { 'metadata.generateName': 'A-' })])).toEqual(['I2K334 metadata.generateName']);
  expect(said(metadata, [having(service, { 'metadata.generateName': 'a.b-' })])).toEqual(['I2K334 metadata.generateName']);
  expect(said(metadata, [having(configMap, { 'metadata.ownerReferences': [{ ...owner, uid: '' }] })])).toEqual([
    'I2K334 metadata.ownerReferences[0].uid',
  ]);
  expect(said(metadata, [having(namespace, { 'spec.finalizers': ['a b'] })])).toEqual(['I2K334 spec.finalizers[0]']);
});
