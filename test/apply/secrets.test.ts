// Secrets through the built command line: pushed, listed, rolled out, removed; their values appear nowhere.
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { account } from '../awsEmulator/clients.ts';
import { startEmptyAccount } from '../fixtures/app.ts';
import type { CommandResult } from '../fixtures/cli.ts';

const { emulator, folder } = await startEmptyAccount();

let client: SecretsManagerClient;
const printed: CommandResult[] = [];

const value = 'p1anted-Hunter2';
const other = 'p1anted-Correct-Horse';
const name = 'i2kit/default/default/db';

beforeAll(async () => {
  const credentials = { accessKeyId: account, secretAccessKey: 'none' };
  client = new SecretsManagerClient({ region: 'eu-west-1', endpoint: emulator.endpoint, credentials });
  folder.write('i2kit.yaml', 'app: shop\nregion: eu-west-1\nimages: {web: ami-0a1b2c3d4e5f60001}\n');
  folder.write('web.yaml', web);
  folder.write('secret.yaml', secretText(value));
});
afterAll(() => client?.destroy());

async function i2kit(...argv: readonly string[]): Promise<CommandResult> {
  const ran = await folder.run(...argv);
  printed.push(ran);
  return ran;
}

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1
          resources: {requests: {cpu: 100m, memory: 64Mi}}
          env:
            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: maybe, key: token, optional: true}}}
`;

const secretText = (password: string) => `apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: ${password}}
data: {user: d2Vi}
`;

const locked = (): Record<string, string> => JSON.parse(folder.read('i2kit.lock.json')).secrets;

test('what is not in the account is refused before anything is written, with the way to put it there', async () => {
  expect((await i2kit('env', 'create', '--yes')).code).toBe(0);
  const { code, stdout, stderr } = await i2kit('apply', '-f', 'web.yaml', '-f', 'secret.yaml', '--yes');
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr).toMatch(/error\[I2K760\] web\.yaml:14:\d+ .*i2kit\/default\/default\/db/);
  expect(stderr).toContain('i2kit secrets push');
  // Optional secrets may be missing.
  expect(stderr.match(/error\[/g)).toHaveLength(1);
  expect((await i2kit('status', 'default-shop')).stderr).toContain('There is no stack');
});

test('a Secret is pushed in the form that the agent reads, once', async () => {
  const first = await i2kit('secrets', 'push', '-f', 'secret.yaml');
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^created {4}i2kit\/default\/default\/db {2}\S+\n$/),
  });
  const { SecretString = '', VersionId } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  expect(JSON.parse(SecretString)).toEqual({ password: Buffer.from(value).toString('base64'), user: 'd2Vi' });
  expect(locked()).toEqual({ [name]: VersionId });
  const { Tags = [] } = await client.send(new DescribeSecretCommand({ SecretId: name }));
  expect(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))).toEqual({
    'i2kit:app': 'shop',
    'i2kit:env': 'default',
    'i2kit:kind': 'Secret',
    'i2kit:namespace': 'default',
    'i2kit:name': 'db',
  });
  const again = await i2kit('secrets', 'push', '-f', 'secret.yaml', '-o', 'json');
  expect(JSON.parse(again.stdout)).toEqual({
    version: 1,
    secrets: [{ name, outcome: 'unchanged', version: VersionId }],
  });
  const found = await client.send(new DescribeSecretCommand({ SecretId: name }));
  expect(Object.keys(found.VersionIdsToStages ?? {})).toEqual([VersionId]);
});

test('then it is deployed, and a new version rolls the machines', async () => {
  expect(await i2kit('apply', '-f', 'web.yaml', '--yes')).toMatchObject({ code: 0 });
  folder.write('secret.yaml', secretText(other));
  const before = locked();
  expect(await i2kit('secrets', 'push', '-f', 'secret.yaml')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^changed /),
  });
  expect(locked()).not.toEqual(before);
  const { code, stderr } = await i2kit(
    'apply',
    '-f',
    'web.yaml',
    '-f',
    'secret.yaml',
    '--yes',
    '--save-review',
    'review.json',
  );
  expect([code, stderr]).toEqual([0, expect.stringContaining('ROLL 1')]);
  expect((await i2kit('apply', '-f', 'web.yaml', '--yes')).code).toBe(0);
});

test('they are listed, with who refers to them and what is missing', async () => {
  const { stdout } = await i2kit('secrets', 'ls', '-f', 'web.yaml');
  expect(stdout).toMatch(/^SECRET +STATE +VERSION +LOCK +REFERRED TO BY\n/);
  expect(stdout).toMatch(/\/db +present +\S+ +current +Deployment\/default\/web\n/);
  expect(stdout).toMatch(/\/maybe +missing +- +- +Deployment\/default\/web \(optional\)\n/);
  const all = JSON.parse((await i2kit('secrets', 'ls', '-o', 'json')).stdout);
  expect(all).toMatchObject({ version: 1, env: 'default', secrets: [{ name, state: 'present', referredBy: [] }] });
});

test('a version that the account does not keep is refused', async () => {
  const lock = folder.read('i2kit.lock.json');
  folder.write(
    'i2kit.lock.json',
    lock.replace(/("i2kit\/default\/default\/db": ")[^"]+/, '$100000000-0000-4000-8000-000000000000'),
  );
  const { code, stderr } = await i2kit('apply', '-f', 'web.yaml', '--yes');
  expect([code, stderr]).toEqual([4, expect.stringMatching(/error\[I2K761\] web\.yaml:14/)]);
  folder.write('i2kit.lock.json', lock);
});

test('one is removed, restored by a push, and removed for good', async () => {
  expect(await i2kit('secrets', 'rm', 'db')).toMatchObject({ code: 2, stderr: expect.stringContaining('Pass --yes.') });
  expect(await i2kit('secrets', 'rm', 'default/db', '--recovery-window', '3', '--yes')).toMatchObject({ code: 2 });
  expect(await i2kit('secrets', 'rm', 'db', '--recovery-window', '7', '--yes')).toMatchObject({ code: 0 });
  expect((await i2kit('apply', '-f', 'web.yaml', '--yes')).stderr).toMatch(
    /error\[I2K760\].*is scheduled for deletion/,
  );
  expect(await i2kit('secrets', 'push', '-f', 'secret.yaml')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^restored /),
  });
  expect(await i2kit('secrets', 'rm', name, '--force', '--yes')).toMatchObject({ code: 0 });
  await expect(client.send(new DescribeSecretCommand({ SecretId: name }))).rejects.toThrow();
  expect(await i2kit('secrets', 'rm', 'db', '--yes')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('There is no secret'),
  });
});

test('one that is too large, or has a value that is none, is refused with its place', async () => {
  folder.write('large.yaml', secretText(`p1anted-${'x'.repeat(60_000)}`));
  expect(await i2kit('secrets', 'push', '-f', 'large.yaml')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error[I2K765]'),
  });
  folder.write('wrong.yaml', secretText('x').replace('d2Vi', '"p1anted!"'));
  expect(await i2kit('secrets', 'push', '-f', 'wrong.yaml', '-v')).toMatchObject({ code: 2 });
  const nobody = await i2kit('secrets', 'push', '-f', 'secret.yaml', '-v', '--endpoint-url', 'http://127.0.0.1:9');
  expect(nobody.code).toBe(3);
});

test('no value was printed, nor written anywhere', async () => {
  await i2kit('synth', '-f', 'web.yaml', '-f', 'secret.yaml', '-v');
  await i2kit('validate', '-f', 'web.yaml', '-f', 'secret.yaml', '-o', 'json');
  const all =
    printed.map(({ stdout, stderr }) => stdout + stderr).join('\n') +
    folder.read('i2kit.lock.json') +
    folder.read('review.json');
  expect(all.length).toBeGreaterThan(5_000);
  const hidden = [value, other, 'p1anted'].flatMap((text) => [text, ...[0, 1, 2].map((at) => inBase64(text, at))]);
  for (const text of hidden) expect(all).not.toContain(text);
});

/** The part of a text's base64 that does not depend on its position. */
const inBase64 = (text: string, at: number): string =>
  Buffer.from(`${'x'.repeat(at)}${text}`)
    .toString('base64')
    .replace(/=+$/, '')
    .slice(at === 0 ? 0 : at + 1, -1);
