// Rule claims: an access mode, a size, a new disk.
import { claims } from '../../../src/2-check/rules/claims.ts';
import { claim, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const changedTo = (changes: Readonly<Record<string, unknown>>) => findingsOf(claims, [withFields(claim, changes)]);

it('takes a claim', () => expect(changedTo({})).toEqual([]));

it('refuses what is missing or nothing', () => {
  expect(changedTo({ 'spec.accessModes': [] })).toEqual(['I2K330 spec.accessModes']);
  expect(changedTo({ 'spec.accessModes': ['ReadWriteOnce', 'ReadWriteOncePod'] })).toEqual(['I2K330 spec.accessModes']);
  expect(changedTo({ 'spec.resources': undefined })).toEqual(['I2K330 spec']);
  expect(changedTo({ 'spec.resources.requests.storage': '0' })).toEqual(['I2K330 spec.resources.requests.storage']);
});

it('refuses the empty class', () =>
  expect(changedTo({ 'spec.storageClassName': '' })).toEqual(['I2K446 spec.storageClassName']));
