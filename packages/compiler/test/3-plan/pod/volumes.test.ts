// Volumes, where the vectors do not reach.
import { compiledOf, configMapOf, containerOf, deploymentOf } from './fixtures.ts';

const claim = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});
const volumeOf = (volume: object, ...more: readonly object[]) =>
  compiledOf([
    deploymentOf({ containers: [{ name: 'main', image: 'x' }], volumes: [{ name: 'v', ...volume }] }),
    ...more,
  ]).pod.volumes?.[0];
const projected = (...sources: readonly object[]) => ({ projected: { sources } });
const map = configMapOf('map', { a: 'map', b: 'map' });

describe('files', () => {
  it('are those of the last source that has their path', () => {
    const again = { configMap: { name: 'again', items: [{ key: 'x', path: './a' }] } };
    expect(
      volumeOf(projected({ configMap: { name: 'map' } }, again), map, configMapOf('again', { x: 'again' })),
    ).toEqual({
      name: 'v',
      files: [
        { path: 'b', text: 'map' },
        { path: 'a', text: 'again' },
      ],
    });
  });

  it('give way to an optional secret at boot only', () => {
    const secret = (optional: boolean) => ({ secret: { name: 'secret', optional, items: [{ key: 'k', path: 'a' }] } });
    const paths = (optional: boolean) => {
      const volume = volumeOf(projected({ configMap: { name: 'map' } }, secret(optional)), map);
      return volume && 'files' in volume
        ? volume.files.map((file) => 'path' in file && `${file.path}${'secret' in file ? '!' : ''}`)
        : [];
    };
    expect(paths(true)).toEqual(['a', 'b', 'a!']);
    expect(paths(false)).toEqual(['b', 'a!']);
  });

  it('of an optional ConfigMap that is not there are an empty directory', () => {
    expect(volumeOf({ configMap: { name: 'absent', optional: true, items: [{ key: 'a', path: 'a' }] } })).toEqual({
      name: 'v',
      files: [],
    });
    expect(volumeOf(projected({ serviceAccountToken: { path: 'token' } }))).toEqual({ name: 'v', files: [] });
  });

  it('that are missing are mistakes of the checks', () => {
    expect(() => volumeOf({ configMap: { name: 'map', items: [{ key: 'c', path: 'c' }] } }, map)).toThrow(
      'unchecked: key c',
    );
    expect(() => volumeOf({ hostPath: { path: '/' } })).toThrow('unchecked: volume v');
    expect(() => volumeOf({ emptyDir: { medium: 'HugePages' } })).toThrow('unchecked: medium HugePages');
  });
});

describe('disks', () => {
  it('are named by their claims, sorted', () => {
    const volumes = ['b', 'a', 'b'].map((claimName, index) => ({
      name: `v${index}`,
      persistentVolumeClaim: { claimName },
    }));
    const { claims } = compiledOf([
      deploymentOf({ containers: [{ name: 'main', image: 'x' }], volumes }),
      claim('a'),
      claim('b'),
    ]);
    expect(claims).toEqual(['a', 'b']);
  });

  it('are what the claim says, unless the caller knows better', () => {
    const disk = { persistentVolumeClaim: { claimName: 'data' } };
    expect(volumeOf(disk, claim('data', { volumeMode: 'Block' }))).toEqual({
      name: 'v',
      disk: { claim: 'data', block: true },
    });
    const spec = { containers: [{ name: 'main', image: 'x' }], volumes: [{ name: 'v', ...disk }] };
    const { pod } = compiledOf([deploymentOf(spec)], { claims: { data: { filesystem: 'xfs' } } });
    expect(pod.volumes).toEqual([{ name: 'v', disk: { claim: 'data', filesystem: 'xfs' } }]);
  });
});

describe('mounts', () => {
  it('say nothing of what changes nothing', () => {
    const mount = {
      name: 'v',
      mountPath: '/a',
      subPath: './/',
      mountPropagation: 'None',
      readOnly: false,
      recursiveReadOnly: 'Disabled',
    };
    expect(containerOf({ volumeMounts: [mount] })?.mounts).toEqual([{ volume: 'v', path: '/a' }]);
  });
});
