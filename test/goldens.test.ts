// templates/ equals the output of the built command line for examples/.
import { existsSync } from 'node:fs';
import { ensureBuilt } from '../scripts/fresh.mjs';
import { differences, examples, withFresh } from '../scripts/goldens.mjs';

await ensureBuilt();

const root = new URL('..', import.meta.url).pathname;

test('the goldens are current (renew them by name with `npm run goldens -- NAME`, and review the change)', () => {
  expect(withFresh((fresh) => differences(`${root}templates`, fresh))).toEqual([]);
});

test('each example has a golden', () => {
  expect(examples().filter((name) => !existsSync(`${root}templates/${name}`))).toEqual([]);
  expect(examples().length).toBeGreaterThan(0);
});
