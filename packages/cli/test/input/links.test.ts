// Links that a repository may hold: no command reads or replaces through them what is outside of the project.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, i2kit, manifest } from '../harness.ts';

const web = manifest('Deployment', 'web');
const secret = 'first line of a file of somebody else\n';

/** A folder outside, and a project with a link to each of its files. */
function project(links: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const outside = createFolder({ 'secret.yaml': secret, 'web.yaml': web, 'lock.json': '{"version":1}' });
  const cwd = createFolder({ 'm/web.yaml': web, ...files });
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    symlinkSync(target.replace('OUTSIDE', outside), join(cwd, name));
  }
  return { cwd, outside };
}

test.each([
  ['a manifest of a folder', { 'm/more.yaml': 'OUTSIDE/secret.yaml' }, ['synth', '-f', 'm']],
  ['a folder within a folder', { 'm/more': 'OUTSIDE' }, ['synth', '-R', '-f', 'm']],
  ['a file that is named', { 'more.yaml': 'OUTSIDE/secret.yaml' }, ['synth', '-f', 'more.yaml']],
  ['a folder that is named', { more: 'OUTSIDE' }, ['synth', '-f', 'more']],
  ['a file in a folder that is a link', { more: 'OUTSIDE' }, ['synth', '-f', 'more/web.yaml']],
  ['a kustomization', { more: 'OUTSIDE' }, ['synth', '-k', 'more']],
  ['the configuration', { 'i2kit.yaml': 'OUTSIDE/secret.yaml' }, ['synth', '-f', 'm']],
  ['the lock file', { 'i2kit.lock.json': 'OUTSIDE/lock.json' }, ['synth', '-f', 'm']],
  ['the context file', { 'i2kit.context.json': 'OUTSIDE/lock.json' }, ['synth', '-f', 'm']],
  ['git', { 'm/more.yaml': '../.git/config' }, ['synth', '-f', 'm']],
  ['an output', { 'out/default-shop.template.json': 'OUTSIDE/secret.yaml' }, ['synth', '-f', 'm', '-d', 'out']],
  ['a folder of outputs', { out: 'OUTSIDE' }, ['synth', '-f', 'm', '-d', 'out']],
])('a link out of the repository is refused: %s', async (_, links, argv) => {
  const { cwd, outside } = project(links, { '.git/config': secret });
  const { code, stdout, stderr } = await i2kit(argv, { cwd });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/error\[I2K739\] .*a link leads to /);
  expect(stderr).not.toContain(secret.trim());
  expect(readFileSync(join(outside, 'secret.yaml'), 'utf8')).toBe(secret);
});

test('links within the repository are followed, also from a folder below its root', async () => {
  const { cwd } = project({ 'apps/shop/m/base.yaml': '../../../m/web.yaml' }, { '.git/HEAD': '' });
  expect(await i2kit(['synth', '-f', 'm'], { cwd: join(cwd, 'apps/shop') })).toMatchObject({ code: 0 });
});

test('what the user names outside of the project is read and written, but its folders keep their files', async () => {
  const { cwd, outside } = project({});
  expect(await i2kit(['synth', '-f', join(outside, 'web.yaml'), '-d', join(outside, 'out')], { cwd })).toMatchObject({
    code: 0,
  });
  const other = createFolder({ 'web.yaml': web });
  writeFileSync(join(cwd, 'mine.yaml'), secret);
  symlinkSync(join(cwd, 'mine.yaml'), join(other, 'mine.yaml'));
  expect((await i2kit(['synth', '-f', other], { cwd })).stderr).toContain('I2K739');
});
