import { storageClasses } from '../../../src/2-check/rules/storageClasses.ts';
import { storageClass, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const says = (changes: Readonly<Record<string, unknown>>) =>
  findingsOf(storageClasses, [withFields(storageClass, changes)]);
const parameters = (values: Readonly<Record<string, string>>) => says({ parameters: values });

it('takes what the driver of EBS volumes takes', () => {
  expect(says({})).toEqual([]);
  expect(parameters({ type: 'io2', iops: '4000', kmsKeyId: 'alias/disks', encrypted: 'true' })).toEqual([]);
  expect(
    parameters({
      type: 'gp3',
      Throughput: '250',
      'csi.storage.k8s.io/fstype': 'xfs',
      allowAutoIOPSPerGBIncrease: 'true',
    }),
  ).toEqual([]);
  const zone = [{ matchLabelExpressions: [{ key: 'topology.ebs.csi.aws.com/zone', values: ['eu-west-1a'] }] }];
  expect(says({ allowedTopologies: zone })).toEqual([]);
});

it('refuses parameters that it does not have, and values that they cannot have', () => {
  expect(parameters({ typ: 'gp3' })).toEqual(['I2K490 parameters.typ']);
  expect(parameters({ type: 'standard' })).toEqual(['I2K490 parameters.type']);
  expect(parameters({ iops: 'many' })).toEqual(['I2K490 parameters.iops']);
  expect(parameters({ fsType: 'btrfs' })).toEqual(['I2K494 parameters.fsType']);
  expect(says({ mountOptions: ['noatime'] })).toEqual(['I2K494 mountOptions']);
});

it('warns of those that change nothing', () => {
  expect(parameters({ encrypted: 'false' })).toEqual(['I2K519 parameters.encrypted']);
  expect(parameters({ tagSpecification_1: 'team=shop', inodeSize: '512' })).toEqual([
    'I2K537 parameters.tagSpecification_1',
    'I2K537 parameters.inodeSize',
  ]);
});

it('does not read what another cloud understands', () => {
  expect(
    says({ provisioner: 'pd.csi.storage.gke.io', parameters: { type: 'pd-ssd' }, mountOptions: ['noatime'] }),
  ).toEqual([]);
});

it('refuses what Kubernetes refuses', () => {
  expect(says({ provisioner: '' })).toEqual(['I2K360 provisioner']);
  expect(says({ reclaimPolicy: 'Recycle' })).toEqual(['I2K360 reclaimPolicy']);
  expect(says({ volumeBindingMode: 'Later' })).toEqual(['I2K360 volumeBindingMode']);
  const twice = [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['a', 'a'] }] }];
  expect(says({ allowedTopologies: twice })).toEqual([
    'I2K360 allowedTopologies[0].matchLabelExpressions[0].values[1]',
  ]);
  const other = [{ matchLabelExpressions: [{ key: 'rack', values: ['1'] }] }];
  expect(says({ allowedTopologies: other })).toEqual(['I2K411 allowedTopologies[0].matchLabelExpressions[0].key']);
});

it('refuses two defaults', () => {
  const one = withFields(storageClass, {
    metadata: { name: 'a', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  });
  const two = withFields(storageClass, {
    metadata: { name: 'b', annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } },
  });
  expect(findingsOf(storageClasses, [one])).toEqual([]);
  expect(findingsOf(storageClasses, [one, two])).toEqual(['I2K492 metadata.annotations']);
});
