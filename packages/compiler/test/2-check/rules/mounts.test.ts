// Rule mounts: of volumes that are there, each at a place of its own.
import { mounts } from '../../../src/2-check/rules/mounts.ts';
import { having, inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const volumes = [
  { name: 'a', emptyDir: {} },
  { name: 'disk', persistentVolumeClaim: { claimName: 'c' } },
];
const mounted = (...volumeMounts: readonly object[]) =>
  said(mounts, [having(inPod({ volumes }), { 'spec.template.spec.containers[0].volumeMounts': volumeMounts })]);
const device = (one: object) => said(mounts, [having(inPod({ volumes }), { 'spec.template.spec.containers[0].volumeDevices': [one] })]);

it('takes mounts, also one inside of another', () => {
  expect(
    mounted(
      { name: 'a', mountPath: '/a' },
      { name: 'a', mountPath: '/a/b', subPath: 'x/y' },
      { name: 'a', mountPath: '/c', subPathExpr: '$(X)' },
    ),
  ).toEqual([]);
  expect(device({ name: 'disk', devicePath: '/dev/x' })).toEqual([]);
});

it('refuses volumes that are not there', () => {
  expect(mounted({ name: 'b', mountPath: '/a' })).toEqual(['I2K310 ~c.volumeMounts[0].name']);
  expect(device({ name: 'a', devicePath: '/dev/x' })).toEqual(['I2K310 ~c.volumeDevices[0].name']);
});

it.each(['/data', '/data/', '//data'])('refuses a second mount at %s', (mountPath) => {
  expect(mounted({ name: 'a', mountPath: '/data' }, { name: 'a', mountPath })).toEqual(['I2K310 ~c.volumeMounts[1].mountPath']);
});

it('refuses paths that lead elsewhere', () => {
  expect(mounted({ name: 'a', mountPath: 'data' })).toEqual(['I2K310 ~c.volumeMounts[0].mountPath']);
  expect(mounted({ name: 'a', mountPath: '/a/../etc' })).toEqual(['I2K311 ~c.volumeMounts[0].mountPath']);
  expect(mounted({ name: 'a', mountPath: '/a', subPath: '../x' })).toEqual(['I2K311 ~c.volumeMounts[0].subPath']);
  expect(mounted({ name: 'a', mountPath: '/a', subPathExpr: '/x' })).toEqual(['I2K311 ~c.volumeMounts[0].subPathExpr']);
  expect(mounted({ name: 'a', mountPath: '/a', subPath: 'x', subPathExpr: 'x' })).toEqual(['I2K310 ~c.volumeMounts[0].subPathExpr']);
});

it('propagates both ways for privileged containers only', () => {
  expect(mounted({ name: 'a', mountPath: '/a', mountPropagation: 'Bidirectional' })).toEqual([
    'I2K310 ~c.volumeMounts[0].mountPropagation',
  ]);
});
