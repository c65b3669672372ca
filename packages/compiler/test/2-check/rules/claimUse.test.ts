// Rules claimUse and unusedClaims: a disk is attached to one machine.
import { claimUse, unusedClaims } from '../../../src/2-check/rules/claimUse.ts';
import { claim, deployment, inPod, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'web' } }];
const recreate = withFields(inPod({ volumes }), { 'spec.strategy.type': 'Recreate' });
const AT = '~p.volumes[0].persistentVolumeClaim.claimName';

it('takes one machine that is recreated', () => expect(findingsOf(claimUse, [claim, recreate])).toEqual([]));

it('warns of a rolling update', () =>
  expect(findingsOf(claimUse, [claim, inPod({ volumes })])).toEqual(['I2K511 spec']));

it('refuses a claim that is not there', () => {
  expect(findingsOf(claimUse, [recreate])).toEqual([`I2K452 ${AT}`]);
  expect(findingsOf(claimUse, [recreate], ['PersistentVolumeClaim/default/web'])).toEqual([]);
});

it('refuses a second machine and a second workload', () => {
  expect(findingsOf(claimUse, [claim, withFields(recreate, { 'spec.replicas': 2 })])).toEqual([`I2K447 ${AT}`]);
  expect(findingsOf(claimUse, [claim, recreate, withFields(recreate, { 'metadata.name': 'web2' })])).toEqual([
    `I2K447 ${AT}`,
  ]);
});

it('tells devices from file systems', () => {
  const mounted = withFields(recreate, {
    'spec.template.spec.containers[0].volumeMounts': [{ name: 'data', mountPath: '/a' }],
  });
  const device = withFields(recreate, {
    'spec.template.spec.containers[0].volumeDevices': [{ name: 'data', devicePath: '/a' }],
  });
  const block = withFields(claim, { 'spec.volumeMode': 'Block' });
  expect([findingsOf(claimUse, [claim, mounted]), findingsOf(claimUse, [block, device])]).toEqual([[], []]);
  expect(findingsOf(claimUse, [block, mounted])).toEqual(['I2K310 ~c.volumeMounts[0]']);
  expect(findingsOf(claimUse, [claim, device])).toEqual(['I2K310 ~c.volumeDevices[0]']);
});

it('refuses a claim that nothing mounts', () => {
  expect(findingsOf(unusedClaims, [claim, deployment])).toEqual(['I2K515 metadata.name']);
  expect(findingsOf(unusedClaims, [claim, recreate])).toEqual([]);
});
