// What an image is called: its name follows from content, and from all of it.
import {
  agentVersionKey,
  componentsOf,
  type ImageBase,
  type ImageLock,
  imageBaseOf,
  imageKey,
  imageReferencesOf,
  missingLockEntries,
  pinnedReference,
} from '../../src/image/index.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const base = imageBaseOf();
const all = componentsOf({ boot: 'uefi', debug: true });
const lock: Required<ImageLock> = {
  images: {
    ...Object.fromEntries(
      all.map((reference, index) => [reference, `sha256:${(index + 1).toString(16).padStart(64, '0')}`]),
    ),
    'ghcr.io/acme/web:2.4.1': digest('a'),
    'ghcr.io/acme/web:latest': digest('a'),
    'envoyproxy/envoy:v1.31': digest('b'),
  },
  versions: { 'agent-amd64': digest('1'), 'agent-arm64': digest('2'), linuxkit: 'v1.7.1' },
};
const group = (images: readonly string[], architecture: 'amd64' | 'arm64' = 'amd64') => ({
  images,
  machine: { architecture },
});
const web = ['ghcr.io/acme/web:2.4.1'];
const key = (images: readonly string[], over: Partial<ImageBase> = {}, locked: ImageLock = lock) =>
  imageKey(group(images), locked, { ...base, ...over });

test('names do not change it', () => {
  const plain = key(web);
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(key(['ghcr.io/acme/web:latest'])).toBe(plain);
  expect(key([...web, 'ghcr.io/acme/web:latest'])).toBe(plain);
  expect(key([`other.example/web@${digest('a')}`])).toBe(plain);
  expect(key(web, {}, { ...lock, versions: { ...lock.versions, linuxkit: 'v1.8.0' } })).toBe(plain);
  expect(key(['envoyproxy/envoy:v1.31', ...web])).toBe(key([...web, 'envoyproxy/envoy:v1.31']));
});

test('everything that changes bytes changes it', () => {
  const init = all.find((each) => each.startsWith('linuxkit/init')) ?? '';
  const keys = [
    key(web),
    key(web, {}, { ...lock, images: { ...lock.images, 'ghcr.io/acme/web:2.4.1': digest('d') } }),
    key(web, {}, { ...lock, images: { ...lock.images, [init]: digest('e') } }),
    key(web, {}, { ...lock, versions: { 'agent-amd64': digest('3') } }),
    key(web, { debug: true }),
    key(web, { boot: 'bios' }),
    imageKey(group(web, 'arm64'), lock, base),
    key([...web, 'envoyproxy/envoy:v1.31']),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('there is none while something is not locked, and what that is can be told', () => {
  expect(key(['nginx'])).toBeUndefined();
  expect(missingLockEntries(group(['nginx']), lock, base)).toEqual(['nginx']);
  expect(missingLockEntries(group(['constructor']), lock, base)).toEqual(['constructor']);
  expect(key(web, {}, {})).toBeUndefined();
  expect(missingLockEntries(group(web), {}, base)).toEqual([
    ...imageReferencesOf(group(web), base),
    agentVersionKey('amd64'),
  ]);
  expect(missingLockEntries(group(web), lock, base)).toEqual([]);
});

test('a pinned reference has a digest and no tag', () => {
  const digests = { nginx: digest('a'), 'localhost:5000/a/b': digest('a'), 'localhost:5000/a/b:v1': digest('a') };
  expect(pinnedReference('nginx', digests)).toBe(`nginx@${digest('a')}`);
  expect(pinnedReference('localhost:5000/a/b', digests)).toBe(`localhost:5000/a/b@${digest('a')}`);
  expect(pinnedReference('localhost:5000/a/b:v1', digests)).toBe(`localhost:5000/a/b@${digest('a')}`);
  expect(pinnedReference(`nginx:1@${digest('f')}`, digests)).toBe(`nginx@${digest('f')}`);
  expect(pinnedReference('other:1', digests)).toBe('other:1');
});
