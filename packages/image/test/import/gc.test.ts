// Which images can be deleted.
import { expect, test } from '@jest/globals';
import { type ListedImage, planGc } from '../../src/import/index.ts';

const day = 86_400_000;
const image = (id: string, age: number, snapshots = [`s-${id}`], region = 'eu-west-1'): ListedImage => ({
  id,
  region,
  key: id,
  state: 'available',
  architecture: 'x86_64',
  size: 1,
  created: -age * day,
  snapshots,
});
const base = { snapshots: [], inUse: new Set<string>(), keep: 0, now: 0, grace: day };
const ids = (images: readonly { readonly id: string }[]) => images.map(({ id }) => id).sort();

test('a named image is kept, with its snapshot', () => {
  const plan = planGc({ ...base, images: [image('a', 9), image('b', 9)], inUse: new Set(['a']) });
  expect(ids(plan.deregister)).toEqual(['b']);
  expect(plan.deleteSnapshots).toEqual([{ id: 's-b', region: 'eu-west-1', why: 'image' }]);
  expect(plan.keep).toEqual([{ image: image('a', 9), why: 'in-use' }]);
});

test('the newest of each region are kept, beside those in use', () => {
  const images = [image('a', 2), image('b', 3), image('c', 4), image('d', 5, ['s-d'], 'us-east-1'), image('e', 1)];
  const plan = planGc({ ...base, images, keep: 1, inUse: new Set(['e']) });
  expect(ids(plan.deregister)).toEqual(['b', 'c']);
});

test('new ones are kept: an import may be in progress', () => {
  expect(planGc({ ...base, images: [image('a', 0.5)] }).deregister).toEqual([]);
  const snapshots = [0.5, 2].map((age) => ({ id: `s-${age}`, region: 'eu-west-1', created: -age * day }));
  expect(planGc({ ...base, images: [], snapshots }).deleteSnapshots).toEqual([
    { id: 's-2', region: 'eu-west-1', why: 'orphan' },
  ]);
});

test('a snapshot that a kept image shares is kept; ids of regions are separate', () => {
  const plan = planGc({
    ...base,
    images: [image('a', 9, ['s']), image('b', 9, ['s']), image('c', 9, ['s'], 'us-east-1')],
    inUse: new Set(['a']),
  });
  expect(ids(plan.deregister)).toEqual(['b', 'c']);
  expect(plan.deleteSnapshots).toEqual([{ id: 's', region: 'us-east-1', why: 'image' }]);
});
