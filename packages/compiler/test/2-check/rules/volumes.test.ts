// Rule volumes: a name of its own and one source.
import { volumes } from '../../../src/2-check/rules/volumes.ts';
import { inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const withVolumes = (...all: readonly object[]) => said(volumes, [inPod({ volumes: all })]);

it('takes volumes', () =>
  expect(withVolumes({ name: 'a', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }, { name: 'b', configMap: { name: 'b' } })).toEqual(
    [],
  ));

it('reads a volume without a source as Kubernetes does, as an empty directory', () => expect(withVolumes({ name: 'a' })).toEqual([]));

it('wants exactly one source', () => {
  expect(withVolumes({ name: 'a', emptyDir: {}, configMap: { name: 'b' } })).toEqual(['I2K309 ~p.volumes[0]']);
  expect(withVolumes({ name: 'a', projected: { sources: [{}] } })).toEqual(['I2K309 ~p.volumes[0].projected.sources[0]']);
});

it('wants names that differ', () => {
  expect(withVolumes({ name: 'a', emptyDir: {} }, { name: 'a', emptyDir: {} })).toEqual(['I2K309 ~p.volumes[1].name']);
  expect(withVolumes({ name: 'A', emptyDir: {} })).toEqual(['I2K309 ~p.volumes[0].name']);
});

it('knows the media of an empty directory', () => {
  expect(withVolumes({ name: 'a', emptyDir: { medium: 'HugePages-2Mi' } })).toEqual(['I2K416 ~p.volumes[0].emptyDir.medium']);
  expect(withVolumes({ name: 'a', emptyDir: { medium: 'Disk' } })).toEqual(['I2K309 ~p.volumes[0].emptyDir.medium']);
  expect(withVolumes({ name: 'a', emptyDir: { sizeLimit: '-1' } })).toEqual(['I2K309 ~p.volumes[0].emptyDir.sizeLimit']);
});
