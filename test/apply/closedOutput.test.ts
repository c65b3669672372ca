// Standard output that ends early, pipes as input, and a full disk, as a shell makes them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { account } from '../awsEmulator/clients.ts';
import { startApp } from '../fixtures/app.ts';

const { emulator, folder } = await startApp();
const bin = new URL('../../packages/cli/bin/i2kit.js', import.meta.url).pathname;

const manifest = (value: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec:
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec: {containers: [{name: one, image: 'example/one:1', env: [{name: VALUE, value: ${value}}]}]}
`;

/** Runs a line of bash; `i2kit` is the command line, and a pipeline ends with the first code that is not zero. */
async function bash(line: string) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'none',
  };
  const script = `set -o pipefail; i2kit() { '${process.execPath}' '${bin}' "$@"; }; ${line}`;
  const child = spawn('bash', ['-c', script], { cwd: folder.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  const [code] = await once(child, 'close');
  return { code, ...written };
}

beforeAll(async () => {
  folder.write('i2kit.yaml', 'app: one\nregion: eu-west-1\nimages: {one: ami-0123456789abcdef0}\n');
  folder.write('one.yaml', manifest('first'));
  expect((await folder.run('apply', '-f', 'one.yaml', '--yes')).code).toBe(0);
});

test('`| head` ends events quietly', async () => {
  const { code, stdout, stderr } = await bash('i2kit events default-one | head -n 1');
  expect([code, stdout.split('\n').length, stderr]).toEqual([0, 2, '']);
});

test('`| head` ends the watching of --progress json quietly, and the operation goes on', async () => {
  folder.write('one.yaml', manifest('second'));
  const { code, stdout, stderr } = await bash('i2kit apply -f one.yaml --yes --progress json | head -n 1');
  expect([code, JSON.parse(stdout).v]).toEqual([0, 1]);
  expect(stderr).not.toMatch(/error|EPIPE|bug/);
});

test('-f takes the pipe of a process substitution', async () => {
  const { code, stdout, stderr } = await bash('i2kit synth -f <(cat one.yaml) -o json');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(JSON.parse(stdout)).toHaveProperty('Resources.OneGroup');
  const empty = await bash('i2kit validate -f <(true)');
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringMatching(/^error\[I2K738\] \/dev\/fd\/\d+/)]);
});

test.each(['synth -f one.yaml', 'events default-one', 'status default-one'])('%s to a full disk', async (words) => {
  const { code, stderr } = await bash(`i2kit ${words} > /dev/full`);
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining('error: The system cannot write to standard output: ENOSPC: no space left on device.\n'),
  ]);
  expect(stderr).not.toContain('bug');
});
