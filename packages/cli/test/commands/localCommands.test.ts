// The small commands: validate, env synth, explain, schema, version, help, completion.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandNames, commands } from '../../src/commands/index.ts';
import { flagNames, flagOf, globalFlags } from '../../src/flags.ts';
import { flagSections } from '../../src/help/sections.ts';
import { version } from '../../src/version.ts';
import { i2kit, manifest } from '../harness.ts';

const bad = {
  files: {
    'a.yaml': manifest('Deployment', 'a', { say: 'error' }),
    'b.yaml': manifest('Service', 'b', { say: 'warning' }),
  },
};

describe('validate', () => {
  test('shows what is wrong, and a line that sums it up', async () => {
    const { code, stdout, stderr } = await i2kit(['validate', '-f', '.'], bad);
    expect(code).toBe(2);
    expect(stderr).toContain('error[I2K732] a.yaml:3:8 It says error.');
    expect(stdout).toBe('2 files: 1 error and 1 warning\n');
    expect((await i2kit(['validate', '-f', 'b.yaml'], bad)).code).toBe(0);
    expect((await i2kit(['validate', '-f', 'a.yaml'], { files: { 'a.yaml': manifest('Pod', 'a') } })).stdout).toBe(
      '1 file: no errors\n',
    );
  });

  test('-o json gives places', async () => {
    const { code, stdout, stderr } = await i2kit(
      ['validate', '-f', '.', '-f', 'gone.yaml', '-o', 'json', '--app', 'x'],
      bad,
    );
    expect([code, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      summary: { errors: 1, warnings: 0, infos: 0 },
      diagnostics: [{ code: 'I2K720', severity: 'error', message: 'no such file or directory', file: 'gone.yaml' }],
    });
    const { diagnostics } = JSON.parse((await i2kit(['validate', '-f', '.', '-o', 'json'], bad)).stdout);
    const object = { kind: 'Deployment', namespace: 'default', name: 'a' };
    expect(diagnostics[0]).toMatchObject({
      code: 'I2K732',
      file: 'a.yaml',
      line: 3,
      column: 8,
      object,
      path: '/spec/say',
    });
  });
});

test('env synth prints the template of an environment', async () => {
  const { code, stdout } = await i2kit(['env', 'synth', '--region', 'eu-west-1']);
  expect([code, JSON.parse(stdout).Description]).toEqual([0, 'eu-west-1']);
  expect((await i2kit(['env', 'synth', '--env', 'staging', '-d', 'out'])).list()).toEqual([
    'out/i2kit-staging.template.json',
  ]);
  expect((await i2kit(['env', 'synth'], { files: { 'i2kit.yaml': 'x: 1' } })).stderr).toContain('I2K731');
});

describe('explain', () => {
  const explain = async (word: string) => (await i2kit(['explain', word])).stdout;

  test('a code', async () => {
    expect(await explain('i2k720')).toBe('error[I2K720] No such file\n\nWhat it means.\n');
    expect((await i2kit(['explain', 'I2K999'])).stderr).toContain("There is no code 'I2K999'.");
  });

  test('a kind, in any case and in the plural', async () => {
    expect(await explain('Deployment')).toContain('Deployment (apps/v1)\n\nA group of machines.\n');
    expect(await explain('deployments')).toBe(await explain('Deployment'));
    expect((await i2kit(['explain', 'Deploymnt.spec'])).stderr).toContain('Did you mean Deployment?');
  });

  test('a field, and those inside of it', async () => {
    expect(await explain('Deployment.spec.strategy')).toBe(
      'Deployment\n  spec.strategy.type                    honoured: rollout\n  spec.strategy.rollingUpdate.maxSurge  warning: rounded up (I2K201)\n',
    );
    expect(await explain('Deployment.spec.template.spec.containers.image')).toContain(
      'containers[].image  honoured: image',
    );
    expect(await explain('Deployment.spec.template.spec.containers[0].image')).toContain(
      'containers[].image  honoured: image',
    );
    expect(await explain('Deployment.metadata.labels["app.kubernetes.io/name"]')).toContain(
      'metadata.labels.*  honoured: tags',
    );
    expect(await explain('Deployment.spec.revisionHistoryLimit')).toContain(
      'no meaning outside a cluster: there is no history',
    );
    expect(await explain('Deployment.spec.template.spec.hostIPC')).toContain('refused: Something (I2K201)');
    expect((await i2kit(['explain', 'Deployment.spec.replica'])).stderr).toContain(
      'Did you mean Deployment.spec.replicas?',
    );
  });
});

test('schema prints a schema', async () => {
  expect(JSON.parse((await i2kit(['schema'])).stdout).title).toBe('i2kit.yaml');
  expect(JSON.parse((await i2kit(['schema', 'lock'])).stdout).title).toBe('i2kit.lock.json');
  expect((await i2kit(['schema', 'lok'])).stderr).toContain('Did you mean lock?');
});

test('version is that of the package', async () => {
  expect(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version).toBe(version);
  expect((await i2kit(['version'])).stdout).toBe(`i2kit ${version}\n`);
  expect((await i2kit(['--version'])).stdout).toBe(`i2kit ${version}\n`);
  expect(JSON.parse((await i2kit(['version', '-o', 'json'])).stdout)).toEqual({
    version,
    node: 'v20.0.0',
    platform: 'linux',
    arch: 'x64',
  });
});

describe('help', () => {
  test('alone, and of every command, in each way of asking', async () => {
    const { code, stdout } = await i2kit([]);
    expect(code).toBe(0);
    for (const name of Object.keys(commands)) {
      expect(stdout).toContain(`i2kit ${name} `);
      const asked = await i2kit(['help', ...name.split(' ')]);
      expect(asked.code).toBe(0);
      expect(asked.stdout).toContain(`Usage: i2kit ${name}`);
      expect(asked.stdout).toContain('Examples:');
      for (const flag of commands[name as keyof typeof commands].flags) expect(asked.stdout).toContain(`--${flag}`);
      expect((await i2kit([...name.split(' '), '--help'])).stdout).toBe(asked.stdout);
      expect((await i2kit([...name.split(' '), '-h', '--wrong'])).stdout).toBe(asked.stdout);
    }
    expect((await i2kit(['--help'])).stdout).toBe(stdout);
    expect((await i2kit(['env', '--help'])).stdout).toContain('env synth');
  });

  test('fits into 100 columns, and is wrapped between words', async () => {
    const { stdout } = await i2kit(['apply', '--help']);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(`${commands.apply.summary}. ${commands.apply.description}`.replace(/\s+/g, ' '));
    for (const name of commands.apply.flags)
      for (const word of flagOf(name).describe.split(' ')) expect(text).toContain(word);
  });

  test('groups flags, each in one section', async () => {
    const grouped = flagSections.flatMap(({ flags }) => flags);
    expect([...grouped, ...globalFlags].sort()).toEqual([...flagNames].sort());
    const { stdout } = await i2kit(['apply', '--help']);
    const titles = stdout.split('\n').filter((line) => /^[A-Z][a-z ]+:$/.test(line));
    expect(titles).toEqual([
      'What to compile:',
      'Machines and images:',
      'Lock file:',
      'Where:',
      'What to do:',
      'Guards:',
      'Waiting:',
      'Output:',
      'All commands:',
      'Examples:',
    ]);
  });
});

describe('completion', () => {
  const next = async (...words: readonly string[]) =>
    (await i2kit(['__complete', ...words])).stdout
      .split('\n')
      .map((line) => line.split('\t')[0])
      .filter(Boolean);

  test('knows commands, flags and their values', async () => {
    expect(await next('')).toEqual([...new Set(commandNames.map((name) => name.split(' ')[0]))]);
    expect(await next('v')).toEqual(['validate', 'version']);
    expect(await next('env', '')).toEqual(['synth', 'create', 'status', 'destroy']);
    expect(await next('synth', '--im')).toEqual(['--image']);
    expect(await next('version', '--im')).toEqual([]);
    expect(await next('synth', '-f', 'x', '-o', '')).toEqual(['json', 'yaml', 'name']);
    expect(await next('schema', '')).toEqual(['config', 'lock', 'context', 'agent', 'review']);
    expect(await next('synth', '--region', 'x', '--reg')).toEqual([]);
  });

  test('leaves files to the shell', async () => {
    expect(await next('synth', '-f', '')).toEqual([]);
    expect(await next('synth', '')).toEqual([]);
  });

  test.each(['bash', 'zsh', 'fish'])('%s has a script', async (shell) => {
    expect((await i2kit(['completion', shell])).stdout).toContain('i2kit __complete');
  });
});
