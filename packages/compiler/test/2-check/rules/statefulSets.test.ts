import { statefulSets } from '../../../src/2-check/rules/statefulSets.ts';
import { statefulSet, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const says = (changes: Readonly<Record<string, unknown>>) =>
  findingsOf(statefulSets, [withFields(statefulSet, changes)]);

it('has nothing to say of one pod', () => {
  expect(says({})).toEqual([]);
  expect(says({ 'spec.updateStrategy.type': 'OnDelete', 'spec.replicas': 3 })).toEqual([]);
});

it('says what is done otherwise where there are several', () => {
  expect(says({ 'spec.replicas': 2 })).toEqual(['I2K517 spec']);
  expect(says({ 'spec.replicas': 2, 'spec.podManagementPolicy': 'Parallel' })).toEqual([
    'I2K518 spec.podManagementPolicy',
  ]);
});

it('refuses a partition, unless the image below it is named', () => {
  const partition = { 'spec.updateStrategy': { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } };
  expect(says(partition)).toEqual(['I2K493 spec.updateStrategy.rollingUpdate.partition']);
  const named = { 'metadata.annotations': { 'i2kit.dev/previous-image': 'ami-0123456789abcdef0' } };
  expect(says({ ...partition, ...named })).toEqual([]);
  expect(says({ ...partition, 'spec.ordinals': { start: 1 } })).toEqual([]);
});

it('refuses what Kubernetes refuses', () => {
  expect(says({ 'spec.podManagementPolicy': 'Random' })).toEqual(['I2K361 spec.podManagementPolicy']);
  expect(says({ 'spec.updateStrategy.type': 'Recreate' })).toEqual(['I2K361 spec.updateStrategy.type']);
  expect(says({ 'spec.updateStrategy': { type: 'OnDelete', rollingUpdate: {} } })).toEqual([
    'I2K361 spec.updateStrategy.rollingUpdate',
  ]);
  expect(says({ 'spec.persistentVolumeClaimRetentionPolicy.whenScaled': 'Keep' })).toEqual([
    'I2K361 spec.persistentVolumeClaimRetentionPolicy.whenScaled',
  ]);
  expect(says({ 'spec.serviceName': 'Not A Name' })).toEqual(['I2K361 spec.serviceName']);
  expect(says({ 'spec.volumeClaimTemplates[0].metadata.name': '' })).toEqual([
    'I2K361 spec.volumeClaimTemplates[0].metadata.name',
  ]);
});
