// scripts/setup.mjs: installs and builds what is out of date, and nothing else.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from './harness.ts';

const entry = (version: string) => ({
  packages: {
    '': {},
    'packages/cli': {},
    'node_modules/a': { version },
    'node_modules/b': { version: '1', optional: true },
  },
});
const list = (version: string) => JSON.stringify(entry(version));

/** A checkout whose npm and whose build only say that they ran. */
function checkout(): string {
  const root = createFolder({
    'package-lock.json': list('1.0.0'),
    'packages/cli/src/deep/a.ts': '',
    'npm-cli.js': `require('fs').copyFileSync('package-lock.json', 'node_modules/.package-lock.json'); console.log('npm', ...process.argv.slice(2));`,
    'scripts/build.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('packages/cli/dist/i2kit.cjs', ''); console.log('build');`,
    'node_modules/': '',
    'packages/cli/dist/': '',
  });
  for (const name of ['setup', 'fresh', 'lock']) {
    copyFileSync(join(import.meta.dirname, `../../../scripts/${name}.mjs`), join(root, `scripts/${name}.mjs`));
  }
  return root;
}

function setup(root: string) {
  const { I2KIT_TEST_BUILT: _, ...inherited } = process.env;
  const env = { ...inherited, npm_execpath: join(root, 'npm-cli.js') };
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs')], { encoding: 'utf8', env });
  expect(status).toBe(0);
  return stdout.split('\n').filter(Boolean);
}

/** As if it had been written in a while. */
const later = (path: string) => utimesSync(path, new Date(), new Date(Date.now() + 60_000));

test('a fresh checkout is installed and built, once', () => {
  const root = checkout();
  expect(setup(root)).toEqual(['npm ci --loglevel=error', 'build']);
  expect(setup(root)).toEqual([]);
});

test('another version in the lock file is installed', () => {
  const root = checkout();
  setup(root);
  writeFileSync(join(root, 'package-lock.json'), list('1.0.1'));
  expect(setup(root)[0]).toBe('npm ci --loglevel=error');
});

test('a source that changed, came or went is built', () => {
  const root = checkout();
  setup(root);
  const bundle = join(root, 'packages/cli/dist/i2kit.cjs');
  later(join(root, 'packages/cli/src/deep/a.ts'));
  expect(setup(root)).toEqual(['build']);
  mkdirSync(join(root, 'packages/cli/src/new'));
  utimesSync(bundle, new Date(), new Date(Date.now() - 60_000));
  utimesSync(join(root, 'packages/cli/src/deep/a.ts'), new Date(0), new Date(0));
  expect(setup(root)).toEqual(['build']);
});
