// Rules volumes and containerMounts.

import { containerMounts, volumes } from '../../../src/2-check/rules/volumes.ts';
import { inPod, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule volumes: a name of its own and one source.

const withVolumes = (...all: readonly object[]) => findingsOf(volumes, [inPod({ volumes: all })]);

it('takes volumes', () =>
  expect(
    withVolumes(
      { name: 'a', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
      { name: 'b', configMap: { name: 'b' } },
    ),
  ).toEqual([]));

it('reads a volume without a source as Kubernetes does, as an empty directory', () =>
  expect(withVolumes({ name: 'a' })).toEqual([]));

it('wants exactly one source', () => {
  expect(withVolumes({ name: 'a', emptyDir: {}, configMap: { name: 'b' } })).toEqual(['I2K309 ~p.volumes[0]']);
  expect(withVolumes({ name: 'a', projected: { sources: [{}] } })).toEqual([
    'I2K309 ~p.volumes[0].projected.sources[0]',
  ]);
});

it('wants names that differ', () => {
  expect(withVolumes({ name: 'a', emptyDir: {} }, { name: 'a', emptyDir: {} })).toEqual(['I2K309 ~p.volumes[1].name']);
  expect(withVolumes({ name: 'A', emptyDir: {} })).toEqual(['I2K309 ~p.volumes[0].name']);
});

it('refuses two sources of a projected volume at one path', () => {
  const projected = (...paths: readonly string[]) =>
    withVolumes({
      name: 'a',
      projected: { sources: paths.map((path) => ({ configMap: { name: 'c', items: [{ key: 'k', path }] } })) },
    });
  expect(projected('a', 'b')).toEqual([]);
  expect(projected('a', 'a')).toEqual(['I2K309 ~p.volumes[0].projected.sources[1].configMap.items[0].path']);
});

it('knows the media of an empty directory', () => {
  expect(withVolumes({ name: 'a', emptyDir: { medium: 'HugePages-2Mi' } })).toEqual([
    'I2K416 ~p.volumes[0].emptyDir.medium',
  ]);
  expect(withVolumes({ name: 'a', emptyDir: { medium: 'Disk' } })).toEqual(['I2K309 ~p.volumes[0].emptyDir.medium']);
  expect(withVolumes({ name: 'a', emptyDir: { sizeLimit: '-1' } })).toEqual([
    'I2K309 ~p.volumes[0].emptyDir.sizeLimit',
  ]);
});

// Rule mounts: of volumes that are there, each at a place of its own.

const podVolumes = [
  { name: 'a', emptyDir: {} },
  { name: 'disk', persistentVolumeClaim: { claimName: 'c' } },
];
const mounted = (...volumeMounts: readonly object[]) =>
  findingsOf(containerMounts, [
    withFields(inPod({ volumes: podVolumes }), { 'spec.template.spec.containers[0].volumeMounts': volumeMounts }),
  ]);
const device = (one: object) =>
  findingsOf(containerMounts, [
    withFields(inPod({ volumes: podVolumes }), { 'spec.template.spec.containers[0].volumeDevices': [one] }),
  ]);

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
  expect(mounted({ name: 'a', mountPath: '/data' }, { name: 'a', mountPath })).toEqual([
    'I2K310 ~c.volumeMounts[1].mountPath',
  ]);
});

it('refuses paths that lead elsewhere', () => {
  expect(mounted({ name: 'a', mountPath: 'data' })).toEqual([]);
  expect(mounted({ name: 'a', mountPath: '' })).toEqual(['I2K310 ~c.volumeMounts[0].mountPath']);
  expect(mounted({ name: 'a', mountPath: '/a/../etc' })).toEqual(['I2K311 ~c.volumeMounts[0].mountPath']);
  expect(mounted({ name: 'a', mountPath: '/a', subPath: '../x' })).toEqual(['I2K311 ~c.volumeMounts[0].subPath']);
  expect(mounted({ name: 'a', mountPath: '/a', subPathExpr: '/x' })).toEqual(['I2K311 ~c.volumeMounts[0].subPathExpr']);
  expect(mounted({ name: 'a', mountPath: '/a', subPath: 'x', subPathExpr: 'x' })).toEqual([
    'I2K310 ~c.volumeMounts[0].subPathExpr',
  ]);
});

it('propagates both ways for privileged containers only', () => {
  expect(mounted({ name: 'a', mountPath: '/a', mountPropagation: 'Bidirectional' })).toEqual([
    'I2K310 ~c.volumeMounts[0].mountPropagation',
  ]);
});
