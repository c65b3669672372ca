// Rule data: each key once, and at most 1 MiB.
import { configDataSize } from '../../../src/2-check/rules/configDataSize.ts';
import { configMap, secret, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const MiB = 1024 * 1024;

it('refuses a key in both maps', () => {
  expect(findingsOf(configDataSize, [withFields(configMap, { 'data.a': 'x', 'binaryData.a': 'eA==' })])).toEqual([
    'I2K312 binaryData.a',
  ]);
});

it('counts bytes, not letters', () => {
  expect(findingsOf(configDataSize, [withFields(configMap, { data: { a: 'x'.repeat(MiB) } })])).toEqual([]);
  expect(findingsOf(configDataSize, [withFields(configMap, { data: { a: 'ü'.repeat(MiB / 2 + 1) } })])).toEqual([
    'I2K312',
  ]);
});

it('counts what base64 stands for', () => {
  const encoded = Buffer.alloc(MiB).toString('base64');
  expect(findingsOf(configDataSize, [withFields(secret, { 'data.a': encoded })])).toEqual([]);
  expect(findingsOf(configDataSize, [withFields(secret, { 'data.a': encoded, 'stringData.b': 'x' })])).toEqual([
    'I2K312',
  ]);
  expect(findingsOf(configDataSize, [withFields(secret, { 'data.a': encoded, 'stringData.a': 'x' })])).toEqual([]);
});
