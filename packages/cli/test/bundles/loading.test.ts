// That what talks to AWS is a bundle of its own, which nothing loads that does not need it.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, manifest } from '../harness.ts';

const cli = join(import.meta.dirname, '../..');
const here = createFolder({ 'web.yaml': manifest('Deployment', 'web') });
const bin = join(here, 'package/bin/i2kit.js');
const dist = join(here, 'package/dist');

beforeAll(() => {
  cpSync(join(cli, 'bin'), join(here, 'package/bin'), { recursive: true });
  const compiler = join(cli, 'test/fakeCompiler.ts');
  execFileSync(process.execPath, [
    join(cli, '../../scripts/bundle.mjs'),
    '--package',
    join(here, 'package'),
    '--compiler',
    compiler,
  ]);
});

const { NODE_OPTIONS: _, AWS_ENDPOINT_URL: __, ...environment } = process.env;
const i2kit = (...argv: readonly string[]) => {
  const env = { ...environment, AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
  return spawnSync(process.execPath, [bin, ...argv], { cwd: here, encoding: 'utf8', env });
};

test('the first bundle holds nothing of the SDK', () => {
  expect(readFileSync(join(dist, 'i2kit.cjs'), 'latin1')).not.toMatch(/CloudFormationClient|smithy/);
  expect(readFileSync(join(dist, 'aws.cjs'), 'latin1')).toContain('CloudFormationClient');
});

test('only the part that draws holds Graphviz', () => {
  const holds = (name: string) => /WebAssembly\.instantiate/.test(readFileSync(join(dist, `${name}.cjs`), 'latin1'));
  expect(['i2kit', 'review', 'aws', 'image', 'drawing'].filter(holds)).toEqual(['drawing']);
});

test('a command that talks to AWS finds the second one, and fails in words where there is nobody to talk to', () => {
  const { status, stdout, stderr } = i2kit(
    'status',
    'a',
    '--region',
    'eu-west-1',
    '--endpoint-url',
    'http://127.0.0.1:9',
  );
  expect([status, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^error: .*ECONNREFUSED/);
});

test('commands that need no account run without it', () => {
  rmSync(join(dist, 'aws.cjs'));
  expect(i2kit('synth', '-f', 'web.yaml').status).toBe(0);
  expect(i2kit('validate', '-f', 'web.yaml').status).toBe(0);
  expect(i2kit('apply', '--help').status).toBe(0);
});
