// -k: what is asked of kustomize or kubectl, and what is said where they are not there, fail, warn or hang.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { problemsOf } from '@i2kit/common';
import type { Source } from '@i2kit/compiler';
import { buildKustomization } from '../../src/input/kustomize.ts';
import type { Io } from '../../src/io.ts';
import { compiler as fake } from '../fakeCompiler.ts';
import { createFolder, i2kit, manifest } from '../harness.ts';

const web = manifest('Deployment', 'web');
const db = manifest('Deployment', 'db');
const overlay = { 'overlays/prod/kustomization.yaml': 'resources: []\n', 'db.yaml': db };

/** A directory with shell scripts of these names; `echo` is the shell's own. */
function path(programs: Readonly<Record<string, string>>): string {
  const bin = createFolder(
    Object.fromEntries(Object.entries(programs).map(([name, script]) => [name, `#!/bin/sh\n${script}\n`])),
  );
  for (const name of Object.keys(programs)) fs.chmodSync(join(bin, name), 0o755);
  return bin;
}

const printing = (text: string) => `echo '${text.replaceAll("'", "'\\''")}'`;

async function synth(argv: readonly string[], PATH: string, files: Readonly<Record<string, string>> = overlay) {
  let read: readonly Source[] = [];
  const compile: typeof fake.compile = (sources, options) => {
    read = sources;
    return fake.compile(sources, options);
  };
  const ran = await i2kit(['synth', ...argv], { files, env: { PATH }, compiler: { compile } });
  return { ...ran, sources: read.map(({ name, text }) => [name, text]) };
}

test('kustomize builds the directory, in the working directory of i2kit, into one source of its name', async () => {
  const bin = path({ kustomize: `[ "$1 $2 $#" = "build overlays/prod 2" ] && [ -f db.yaml ] && ${printing(web)}` });
  const { code, sources } = await synth(['-k', 'overlays/prod'], bin);
  expect([code, sources]).toEqual([0, [['overlays/prod', `${web}\n`]]]);
});

test('-k stands beside -f, may be repeated, and a directory that is named twice is built once', async () => {
  const bin = path({ kustomize: `echo "# $2"; ${printing(web)}` });
  const { sources } = await synth(['-k', 'b', '-f', 'db.yaml', '-k', 'a', '-k', 'b'], bin, {
    'a/x': '',
    'b/x': '',
    'db.yaml': db,
  });
  expect(sources.map(([name]) => name)).toEqual(['a', 'b', 'db.yaml']);
  expect(sources[1]?.[1]).toBe(`# b\n${web}\n`);
});

test('kubectl has Kustomize inside', async () => {
  const kubectl = `[ "$1" = kustomize ] && ${printing(web)}`;
  expect((await synth(['-k', 'overlays/prod'], path({ kubectl }))).sources).toEqual([['overlays/prod', `${web}\n`]]);
  const both = path({ kubectl: 'exit 9', kustomize: printing(db) });
  expect((await synth(['-k', 'overlays/prod'], both)).sources).toEqual([['overlays/prod', `${db}\n`]]);
});

test('where neither is there, that is said with what to do', async () => {
  const { code, stderr, stdout } = await synth(['-k', 'overlays/prod'], path({}));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('error[I2K753] overlays/prod building it needs kustomize or kubectl on PATH');
  expect(stderr).toContain('kustomize build … | i2kit synth -f -');
});

test('what kustomize says when it fails is shown, and every directory that fails', async () => {
  const bin = path({ kustomize: `echo "Error: accumulating $2:" >&2; echo "  no such file: 'web.yaml'" >&2; exit 1` });
  const { code, stderr } = await synth(['-k', 'a', '-k', 'b', '-f', 'gone.yaml'], bin, { 'a/x': '', 'b/x': '' });
  expect(code).toBe(2);
  expect(stderr).toContain(
    "error[I2K754] a kustomize build fails with 1: Error: accumulating a: / no such file: 'web.yaml'",
  );
  expect(stderr).toContain('error[I2K754] b kustomize build fails');
  expect(stderr).toContain('I2K720] gone.yaml');
});

test('what it warns of is passed on, and its result is used', async () => {
  const bin = path({ kustomize: `echo "# Warning: 'commonLabels' is deprecated." >&2; ${printing(web)}` });
  const { code, stderr, sources } = await synth(['-k', 'overlays/prod'], bin);
  expect([code, sources.length]).toEqual([0, 1]);
  expect(stderr).toContain("# Warning: 'commonLabels' is deprecated.\n");
  expect((await synth(['-qk', 'overlays/prod'], bin)).stderr).toBe('');
});

test('one that hangs is ended, one that makes too much is not read', async () => {
  const cwd = createFolder({ 'a/x': '' });
  const io = (PATH: string) => ({ cwd, env: { PATH }, files: fs }) as unknown as Io;
  const endless = await buildKustomization(io(path({ kustomize: 'while :; do :; done' })), 'a', 300);
  expect(problemsOf(endless)).toMatchObject([
    { code: 'I2K754', message: 'kustomize build has not finished after 0.3 s' },
  ]);
  const large = await buildKustomization(
    io(`${path({ kustomize: 'exec head -c 17000000 /dev/zero' })}:/usr/bin:/bin`),
    'a',
  );
  expect(problemsOf(large)).toMatchObject([{ message: 'kustomize build produces more than 16 MiB' }]);
});

test('an address, a file and nothing at all are no directories', async () => {
  const bin = path({ kustomize: printing(web) });
  expect((await synth(['-k', 'https://github.com/a/b'], bin)).stderr).toContain('error[I2K720] https://github.com/a/b');
  expect((await synth(['-k', 'db.yaml'], bin)).stderr).toContain('error[I2K721] db.yaml -k takes a directory');
  expect((await synth(['-k', 'gone'], bin)).stderr).toContain('error[I2K720] gone');
});

const real = (['kustomize', 'kubectl'] as const).find((program) => {
  try {
    execFileSync(program, program === 'kubectl' ? ['kustomize', '--help'] : ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

// A skip that is counted: neither program is a part of what tests install.
(real ? test : test.skip)(
  'the real one: an overlay over a base, with a prefix, an image and a generated ConfigMap',
  async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': `apiVersion: apps/v1\n${manifest('Deployment', 'web', {
        template: {
          spec: { containers: [{ name: 'web', image: 'nginx:1', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
        },
      })}`,
      'prod/kustomization.yaml': [
        'resources: [../base]',
        'namePrefix: prod-',
        'images: [{name: nginx, newTag: "2"}]',
        'configMapGenerator: [{name: settings, literals: [LEVEL=info]}]',
      ].join('\n'),
    };
    const { code, sources, stderr } = await synth(['-k', 'prod'], process.env['PATH'] ?? '', files);
    expect([code, stderr]).toEqual([0, '']);
    const text = sources[0]?.[1] ?? '';
    expect(text).toContain('image: nginx:2');
    expect(text).toMatch(
      /name: prod-settings-[0-9a-z]{10}\n.*kind|configMapRef:\n\s+name: prod-settings-[0-9a-z]{10}/s,
    );
    expect(text).toContain('name: prod-web');
  },
);
