// What linuxkit is told of a group: goldens that a person reads, checked by linuxkit itself where it is on PATH.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { type Base, type ImageSource, imageKey, linuxkitYaml, pinned, referencesOf } from '../../src/linuxkit/index.ts';
import { judge, testWith } from '../support/judges.ts';
import { base, configs, digest, group, lock } from './fixture.ts';

const web = { containers: { web: 'ghcr.io/acme/web:2.4.1' } };
const cases: Record<string, { group: ImageSource; base: Base }> = {
  web: { group: group(web), base },
  sidecars: {
    group: group({
      ...web,
      containers: { ...web.containers, proxy: 'envoyproxy/envoy:v1.31' },
      init: { migrate: 'localhost:5000/migrate' },
    }),
    base,
  },
  'debug-arm64': { group: group({ ...web, architecture: 'arm64' }), base: { ...base, debug: true } },
};
const golden = (name: string) => `${import.meta.dirname}/../data/linuxkit/${name}.yml`;

// UPDATE_GOLDENS=1 writes them anew; what changes is then reviewed like code.
test.each(Object.entries(cases))('%s', (name, input) => {
  const text = linuxkitYaml({ ...input, lock, configs });
  if (process.env['UPDATE_GOLDENS'] === '1' || !existsSync(golden(name))) writeFileSync(golden(name), text);
  expect(text).toBe(readFileSync(golden(name), 'utf8'));
  expect(load(text)).toMatchObject({
    volumes: expect.arrayContaining([{ name: 'a'.repeat(64), image: `ghcr.io/acme/web@${digest('a')}`, readonly: true }]),
  });
});

testWith('linuxkit')('linuxkit takes them all', () => {
  for (const name of Object.keys(cases)) expect(judge('linuxkit', 'build', '--dry-run', golden(name))).toMatchObject({ code: 0 });
});

const key = (options: Parameters<typeof group>[0], over: Partial<Base> = {}, locked = lock) =>
  imageKey(group(options), locked, { ...base, ...over });

test('the key follows content: names do not change it', () => {
  const plain = key(web);
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(key({ ...web, key: 'StatefulSet/other/db' })).toBe(plain);
  expect(key({ containers: { renamed: 'ghcr.io/acme/web:latest' } })).toBe(plain);
  expect(key({ containers: { twice: 'ghcr.io/acme/web:latest', again: 'ghcr.io/acme/web:2.4.1' } })).toBe(plain);
  expect(key({ containers: { web: `other.example/web@${digest('a')}` } })).toBe(plain);
  const two = { a: 'ghcr.io/acme/web:2.4.1', b: 'envoyproxy/envoy:v1.31' };
  expect(key({ containers: { x: two.b, y: two.a } })).toBe(key({ containers: two }));
  expect(key({ containers: { x: two.b }, init: { y: two.a } })).toBe(key({ containers: two }));
});

test('the key follows content: everything that changes bytes changes it', () => {
  const moved = { images: { ...lock.images, 'ghcr.io/acme/web:2.4.1': digest('d') } };
  const component = {
    images: { ...lock.images, [referencesOf(group(web), base).find((each) => each.startsWith('linuxkit/init')) ?? '']: digest('e') },
  };
  const keys = [
    key(web),
    key(web, {}, moved),
    key(web, {}, component),
    key(web, { agent: '0.2.0' }),
    key(web, { debug: true }),
    key(web, { boot: 'bios' }),
    key({ ...web, architecture: 'arm64' }),
    key({ containers: { ...web.containers, proxy: 'envoyproxy/envoy:v1.31' } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('what is not locked is told', () => {
  expect(() => key({ containers: { web: 'nginx' } })).toThrow(
    expect.objectContaining({ code: 'unlocked', message: 'The lock has no digest of the image nginx.' }),
  );
  expect(() => key(web, {}, { images: {} })).toThrow(/linuxkit\/|ghcr/);
});

test('pinned references have a digest and no tag', () => {
  const locked = { images: { nginx: digest('a'), 'localhost:5000/a/b': digest('a'), 'localhost:5000/a/b:v1': digest('a') } };
  expect(pinned('nginx', locked)).toBe(`nginx@${digest('a')}`);
  expect(pinned('localhost:5000/a/b', locked)).toBe(`localhost:5000/a/b@${digest('a')}`);
  expect(pinned('localhost:5000/a/b:v1', locked)).toBe(`localhost:5000/a/b@${digest('a')}`);
  expect(pinned(`nginx:1@${digest('f')}`, locked)).toBe(`nginx@${digest('f')}`);
});
