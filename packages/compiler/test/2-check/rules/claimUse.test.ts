// Rules claimUse and unusedClaims: a disk is attached to one machine.
import { claimUse, unusedClaims } from '../../../src/2-check/rules/claimUse.ts';
import { claim, deployment, having, inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'web' } }];
const recreate = having(inPod({ volumes }), { 'spec.strategy.type': 'Recreate' });
const AT = '~p.volumes[0].persistentVolumeClaim.claimName';

it('takes one machine that is recreated', () => expect(said(claimUse, [claim, recreate])).toEqual([]));

it('warns of a rolling update', () => expect(said(claimUse, [claim, inPod({ volumes })])).toEqual(['I2K511 spec']));

it('refuses a claim that is not there', () => {
  expect(said(claimUse, [recreate])).toEqual([`I2K452 ${AT}`]);
  expect(said(claimUse, [recreate], ['PersistentVolumeClaim/default/web'])).toEqual([]);
});

it('refuses a second machine and a second workload', () => {
  expect(said(claimUse, [claim, having(recreate, { 'spec.replicas': 2 })])).toEqual([`I2K447 ${AT}`]);
  expect(said(claimUse, [claim, recreate, having(recreate, { 'metadata.name': 'web2' })])).toEqual([`I2K447 ${AT}`]);
});

it('tells devices from file systems', () => {
  const mounted = having(recreate, { 'spec.template.spec.containers[0].volumeMounts': [{ name: 'data', mountPath: '/a' }] });
  const device = having(recreate, { 'spec.template.spec.containers[0].volumeDevices': [{ name: 'data', devicePath: '/a' }] });
  const block = having(claim, { 'spec.volumeMode': 'Block' });
  expect([said(claimUse, [claim, mounted]), said(claimUse, [block, device])]).toEqual([[], []]);
  expect(said(claimUse, [block, mounted])).toEqual(['I2K310 ~c.volumeMounts[0]']);
  expect(said(claimUse, [claim, device])).toEqual(['I2K310 ~c.volumeDevices[0]']);
});

it('refuses a claim that nothing mounts', () => {
  expect(said(unusedClaims, [claim, deployment])).toEqual(['I2K515 metadata.name']);
  expect(said(unusedClaims, [claim, recreate])).toEqual([]);
});
