// The lock's entries about images.
import type { Lock } from '@i2kit/compiler';
import { expect, test } from '@jest/globals';
import { prunedLock, resolveImages, withAmis, withImages, withVersions } from '../src/lock.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

const full: Lock = {
  version: 1,
  loadBalancers: { 'Service/default/cart': 1 },
  images: { 'nginx:1.27': digest('b'), 'a/b': digest('a') },
  amis: { ff: { 'us-east-1': 'ami-2', 'eu-west-1': 'ami-1' }, ee: {} },
  versions: { linuxkit: 'v1.7.1' },
};

test('each entry is added, and the others stay', () => {
  expect(withAmis(full, 'ff', { 'eu-north-1': 'ami-3' }).amis).toEqual({
    ...full.amis,
    ff: { ...full.amis?.['ff'], 'eu-north-1': 'ami-3' },
  });
  expect(withImages(full, { c: digest('c') })).toEqual({ ...full, images: { ...full.images, c: digest('c') } });
  expect(withVersions({ version: 1 }, { linuxkit: 'v1.8.0' })).toEqual({
    version: 1,
    versions: { linuxkit: 'v1.8.0' },
  });
});

test('tags are looked up once, and a changed one is reported', async () => {
  const asked: string[] = [];
  const registry = {
    digest: async (reference: string) => {
      asked.push(reference);
      return digest('c');
    },
  };
  const references = ['nginx:1.27', 'new', 'new', `pinned@${digest('d')}`];
  expect(await resolveImages(references, full, registry)).toEqual({
    images: { new: digest('c') },
    changes: [{ reference: 'new', to: digest('c') }],
  });
  expect(asked).toEqual(['new']);
  const { changes } = await resolveImages(references, full, registry, { refresh: new Set(['nginx:1.27']) });
  expect(changes).toEqual([
    { reference: 'new', to: digest('c') },
    { reference: 'nginx:1.27', from: digest('b'), to: digest('c') },
  ]);
});

test('pruned: unused entries are removed, the rest stays', () => {
  expect(prunedLock(full, new Set(['ff']), new Set(['a/b']))).toEqual({
    ...full,
    amis: { ff: full.amis?.['ff'] },
    images: { 'a/b': digest('a') },
  });
});
