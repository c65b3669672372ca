// The lock file: the same decisions, the same bytes; whole or not at all.
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  emptyLock,
  type LockFile,
  lockText,
  pruned,
  readLock,
  readLockText,
  resolveImages,
  updateLock,
  withAmis,
  withImages,
  withVersions,
} from '../../src/lock/index.ts';
import { scratch } from '../support/folder.ts';

const at = scratch();
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

const full: LockFile = {
  version: 1,
  zones: { 'PersistentVolumeClaim/default/data': 'eu-west-1a' },
  loadBalancers: { 'Service/default/b': 2, 'Service/default/a': 1 },
  images: { 'nginx:1.27': digest('b'), 'a/b': digest('a') },
  amis: { ff: { 'us-east-1': 'ami-2', 'eu-west-1': 'ami-1' }, ee: {} },
  versions: { linuxkit: 'v1.7.1' },
};

test('keys in order, at every depth, and no empty tables', () => {
  expect(Object.keys(JSON.parse(lockText(full)))).toEqual(['version', 'amis', 'images', 'loadBalancers', 'versions', 'zones']);
  expect(JSON.parse(lockText(full)).amis).toEqual({ ff: { 'eu-west-1': 'ami-1', 'us-east-1': 'ami-2' } });
  const other = withVersions(withAmis(withImages({ version: 1 }, { 'a/b': digest('a') }), 'ff', { 'us-east-1': 'ami-2' }), {
    linuxkit: 'v1.7.1',
  });
  const rest = { loadBalancers: { 'Service/default/a': 1, 'Service/default/b': 2 }, zones: full.zones ?? {} };
  expect(lockText({ ...withAmis(withImages(other, { 'nginx:1.27': digest('b') }), 'ff', { 'eu-west-1': 'ami-1' }), ...rest })).toBe(
    lockText(full),
  );
  expect(lockText(readLockText(lockText(full), 'x'))).toBe(lockText(full));
});

test('written whole, and only where it changed', async () => {
  const path = at('i2kit.lock.json');
  expect(await readLock(path)).toEqual(emptyLock);
  await updateLock(path, (lock) => lock);
  expect(readdirSync(at())).toEqual([]);
  await updateLock(path, () => full);
  // Another run's decision, made meanwhile, stays.
  await updateLock(path, (lock) => ({ ...lock, secrets: { 'default/db': 'v1' } }));
  await updateLock(path, (lock) => withAmis(lock, 'ff', { 'eu-west-1': 'ami-9' }));
  expect(await readLock(path)).toMatchObject({
    secrets: { 'default/db': 'v1' },
    amis: { ff: { 'eu-west-1': 'ami-9', 'us-east-1': 'ami-2' } },
  });
  expect(readdirSync(at())).toEqual(['i2kit.lock.json']);
});

test('a link stays a link', async () => {
  writeFileSync(at('real.json'), '');
  symlinkSync('real.json', at('link.json'));
  await updateLock(at('link.json'), () => full);
  expect(readFileSync(at('real.json'), 'utf8')).toBe(lockText(full));
  expect(readdirSync(at()).sort()).toEqual(['link.json', 'real.json']);
});

test('what a later minor version added stays', () => {
  const text = '{"version":1,"later":{"b":1,"a":[2]}}';
  expect(lockText(readLockText(text, 'x'))).toBe('{\n  "version": 1,\n  "later": {\n    "a": [\n      2\n    ],\n    "b": 1\n  }\n}\n');
});

test.each([
  ['{', /is not JSON/],
  ['[]', /is not JSON/],
  ['{"version":2}', /is of version 2/],
  ['{}', /is of version undefined/],
  ['<<<<<<< ours\n{}', /merge conflict/],
  ['{"version":1,"images":{"nginx":"latest"}}', /digest of nginx/],
  ['{"version":1,"images":[]}', /"images"/],
  ['{"version":1,"amis":{"ff":"ami-1"}}', /"amis"/],
])('refuses %s', (text, message) => {
  expect(() => readLockText(text, 'i2kit.lock.json')).toThrow(
    expect.objectContaining({ code: 'lock-invalid', message: expect.stringMatching(message) }),
  );
});

test('tags are looked up once, and a changed one is told', async () => {
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

test('pruned: what nothing refers to goes, the rest stays', () => {
  expect(pruned(full, new Set(['ff']), new Set(['a/b']))).toEqual({
    ...full,
    amis: { ff: full.amis?.['ff'] },
    images: { 'a/b': digest('a') },
  });
});
