// Images through the built command line: a registry, a stand-in for linuxkit, the AWS emulator; built once, found
// again, collected.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DescribeImagesCommand, DescribeSnapshotsCommand } from '@aws-sdk/client-ec2';
import type { Lock } from '@i2kit/compiler';
import { testWithTools } from '../../packages/image/test/support/tools.ts';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { readStack } from '../awsEmulator/readStack.ts';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';
import { type ImageFixture, requiredTools, startImageFixture } from '../fixtures/imageBuild.ts';

const here = testWithTools(...requiredTools);

const workload = (name: string, image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {app.kubernetes.io/part-of: shop}}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers: [{name: main, image: '${image}', ports: [{containerPort: 8080}]}]
`;

let emulator: AwsEmulator;
let clients: AwsClients;
let fixture: ImageFixture;
let folder: WorkingFolder;
const run = (...words: readonly string[]) => folder.run(...words, '--mirror', fixture.mirror);
const lock = (): Lock => JSON.parse(folder.read('i2kit.lock.json'));

beforeAll(async () => {
  [emulator, fixture] = await Promise.all([startAwsEmulator(), startImageFixture()]);
  clients = awsClients(emulator.endpoint);
  fixture.push('acme/web:v1', 'one');
  fixture.push('acme/worker:v1', 'worker');
  folder = createFolder(emulator.endpoint, undefined, fixture.env);
  folder.write('web.yaml', workload('web', 'acme/web:v1'));
  folder.write('twin.yaml', workload('twin', 'acme/web:v1'));
  folder.write('worker.yaml', workload('worker', 'acme/worker:v1'));
});
afterAll(async () => {
  folder?.remove();
  clients?.destroy();
  fixture?.stop();
  await emulator?.stop();
});

const images = async () => {
  const { Images = [] } = await clients.ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  return Images.filter(({ Name }) => Name?.startsWith('i2kit-'));
};
const snapshots = async () => {
  const { Snapshots = [] } = await clients.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  return Snapshots;
};

here('synth without images still works, and says what is missing', async () => {
  const { code, stderr } = await folder.run('synth', '-f', '.', '-o', 'name');
  expect([code, stderr]).toEqual([0, expect.stringContaining('warning[I2K702]')]);
});

here('apply --no-build refuses, with what builds it', async () => {
  expect((await folder.run('env', 'create', '--yes')).code).toBe(0);
  const { code, stderr } = await run('apply', '-f', '.', '--yes', '--no-build');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/error\[I2K701\] .*Deployment\/default\/web has no image\n[\s\S]*i2kit image push/),
  ]);
});

here('apply builds what is missing, an image that two workloads share once, and deploys it', async () => {
  const { code, stderr } = await run('apply', '-f', '.', '--yes');
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(stderr).toContain(
    'No image exists for Deployment/default/twin, Deployment/default/web and Deployment/default/worker.',
  );
  expect(stderr).toMatch(/Deployment\/default\/twin, Deployment\/default\/web: not yet in eu-west-1/);
  expect(stderr).toMatch(/uploading {2}[\d.]+ MB of [\d.]+ MB {2}100 %/);
  expect(stderr).toMatch(/2 images in \d+ s\./);
  const { amis = {}, images: digests = {}, versions = {} } = lock();
  expect(Object.keys(amis)).toHaveLength(2);
  expect(digests['acme/web:v1']).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(versions).toMatchObject({ linuxkit: 'v1.7.1', 'agent-amd64': expect.stringMatching(/^sha256:/) });
  expect((await images()).map(({ ImageId }) => ImageId).sort()).toEqual(
    Object.values(amis)
      .map((byRegion) => byRegion['eu-west-1'])
      .sort(),
  );
  expect((await snapshots()).map(({ State }) => State)).toEqual(['completed', 'completed']);
  const { launchTemplates } = await readStack(clients, 'default-shop');
  const { WebTemplate: web, TwinTemplate: twin } = launchTemplates;
  expect(web?.data.ImageId).toBe(twin?.data.ImageId);
  expect(Object.values(amis).map((byRegion) => byRegion['eu-west-1'])).toContain(web?.data.ImageId);
});

here('the next apply builds nothing; synth finds the AMIs without any network', async () => {
  const again = await run('apply', '-f', '.', '--yes');
  expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('No image')]);
  const { code, stdout, stderr } = await folder.run(
    'synth',
    '-f',
    '.',
    '--region',
    'eu-west-1',
    '--endpoint-url',
    'http://127.0.0.1:1',
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('does not accept --endpoint-url')]);
  expect(stdout).toBe('');
  const made = await folder.run('synth', '-f', '.', '--region', 'eu-west-1', '--require-images');
  expect(made.code).toBe(0);
  for (const byRegion of Object.values(lock().amis ?? {})) expect(made.stdout).toContain(byRegion['eu-west-1'] ?? '-');
});

here('a tag that moved is told and stays; --update takes it', async () => {
  const before = lock().images?.['acme/web:v1'] ?? '';
  fixture.push('acme/web:v1', 'two');
  const told = await run('apply', '-f', '.', '--yes');
  expect([told.code, told.stderr]).toEqual([
    0,
    expect.stringMatching(/warning\[I2K798\] acme\/web:v1 is sha256:[\s\S]*the locked one is used\.[\s\S]*--update/),
  ]);
  expect(lock().images?.['acme/web:v1']).toBe(before);
  const updated = await run('image', 'build', '-f', '.', '--update', 'web');
  expect(updated).toMatchObject({ code: 0, stderr: expect.stringContaining('the new one is used.') });
  expect(readFileSync(updated.stdout.trim()).subarray(510, 512)).toEqual(Buffer.from([0x55, 0xaa]));
  expect(lock().images?.['acme/web:v1']).not.toBe(before);
});

here('push tells ids, and takes an image that is in the account although the lock has lost it', async () => {
  const pushed = await run('image', 'push', '-f', '.', '-o', 'json');
  const rows = JSON.parse(pushed.stdout) as { group: string; region: string; ami: string }[];
  expect(rows.map(({ group }) => group).sort()).toEqual([
    'Deployment/default/twin',
    'Deployment/default/web',
    'Deployment/default/worker',
  ]);
  const { amis, ...rest } = lock();
  folder.write('i2kit.lock.json', JSON.stringify(rest));
  const again = await run('image', 'push', '-f', '.');
  expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('exists')]);
  expect(again.stderr).not.toContain('uploading');
  expect(lock().amis).toMatchObject(
    Object.fromEntries(
      rows.map(({ ami }) => [
        Object.keys(amis ?? {}).find((key) => amis?.[key]?.['eu-west-1'] === ami),
        { 'eu-west-1': ami },
      ]),
    ),
  );
  expect(await images()).toHaveLength(3);
});

here('ls says who uses what; gc keeps what is used, and shows before it removes', async () => {
  const { stdout } = await folder.run('image', 'ls', '-o', 'json');
  const { images: rows } = JSON.parse(stdout) as {
    images: { ami: string; locked: boolean; users: string[]; size: number }[];
  };
  expect(rows.filter(({ users }) => users.some((who) => who.startsWith('default-shop')))).toHaveLength(2);
  expect(rows.every(({ size }) => size >= 1)).toBe(true);
  expect((await folder.run('image', 'ls')).stdout).toMatch(/^IMAGE .*USED BY\n(ami-.*\n){3}$/);
  const dry = await folder.run('image', 'gc', '--dry-run', '--keep', '0');
  expect(dry).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/KEEP .*used\n[\s\S]*0 images and 0 snapshots to remove, 3 images to keep\./),
  });
  expect(await folder.run('image', 'gc')).toMatchObject({ code: 2, stderr: expect.stringContaining('Pass --yes.') });
});

here('progress as JSON is one object a line, and nothing else', async () => {
  const { stdout } = await run('image', 'build', '-f', '.', '--progress', 'json', '--images-dir', 'elsewhere');
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { v: number; kind: string });
  expect(events.every(({ v }) => v === 1)).toBe(true);
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['step', 'line', 'bytes', 'disk']));
});

here('a build that a repository brings along is not used', async () => {
  const other = createFolder(emulator.endpoint, undefined, fixture.env);
  try {
    other.write('web.yaml', workload('web', 'acme/worker:v1'));
    const built = await other.run('image', 'build', '-f', 'web.yaml', '--mirror', fixture.mirror);
    const key = built.stdout.trim().split('/').at(-2) ?? '';
    const mine = readFileSync(built.stdout.trim());
    expect(built.stdout.startsWith(`${other.cwd}-cache/i2kit/images/`)).toBe(true);
    const folders = ['.i2kit/images', 'images'];
    for (const each of folders) {
      other.write(`${each}/${key}/disk.raw`, 'not the disk');
      other.write(`${each}/${key}/built.json`, JSON.stringify({ size: 12, linuxkit: 'v1.7.1' }));
    }
    for (const more of [[], ['--images-dir', 'images']]) {
      const again = await other.run('image', 'build', '-f', 'web.yaml', '--mirror', fixture.mirror, ...more);
      expect(again.code).toBe(0);
      expect(readFileSync(again.stdout.trim()).equals(mine)).toBe(true);
    }
  } finally {
    other.remove();
  }
});

here('gc removes what nothing names any more, and what an import left behind', async () => {
  // The workloads return to their first image; the key of the second leaves the lock.
  const { amis = {}, ...rest } = lock();
  const users = JSON.parse((await folder.run('image', 'ls', '-o', 'json')).stdout) as {
    images: { ami: string; users: string[] }[];
  };
  const unused = users.images.filter(({ users: who }) => who.length === 0).map(({ ami }) => ami);
  expect(unused).toHaveLength(1);
  const kept = Object.entries(amis).filter(([, byRegion]) => !unused.includes(byRegion['eu-west-1'] ?? ''));
  folder.write('i2kit.lock.json', JSON.stringify({ ...rest, amis: Object.fromEntries(kept) }));
  const young = await folder.run('image', 'gc', '--keep', '0', '--yes');
  expect(young).toMatchObject({ code: 0, stdout: expect.stringContaining('too young') });
  const old = await folder.run('image', 'gc', '--keep', '0', '--older-than', '1s', '--yes');
  expect(old).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 image and 1 snapshot to remove, 2 images to keep.'),
  });
  expect((await images()).map(({ ImageId }) => ImageId)).not.toContain(unused[0]);
  expect(await snapshots()).toHaveLength(2);
});

/** A registry that always gives the same answer. */
async function startFailingRegistry(
  status: number,
  headers: Record<string, string>,
): Promise<{ mirror: string; stop(): void }> {
  const server = createServer((_, response) => response.writeHead(status, headers).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { mirror: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => void server.close() };
}

const authChallenge = { 'www-authenticate': 'Basic realm="none"' };
const answers = {
  'wrong credentials': [401, authChallenge, { auths: { '127.0.0.1': {} } }, 3, /error\[I2K786\]/],
  'a helper that is not there': [
    401,
    authChallenge,
    { credsStore: 'nowhere' },
    2,
    /error\[I2K782\] docker-credential-nowhere is not on PATH/,
  ],
  'a configuration of Docker that is broken': [401, authChallenge, '{', 2, /error\[I2K792\]/],
  'too many requests': [
    429,
    { 'retry-after': '3600' },
    {},
    3,
    /error\[I2K788\] .*retry in 3600 s\.\n {2}= hint: Log in/,
  ],
} as const;

here.each(Object.entries(answers))(
  'a registry and %s: said in words, with a code',
  async (_, [status, headers, config, code, said]) => {
    const registry = await startFailingRegistry(status, headers);
    const other = createFolder(emulator.endpoint, undefined, fixture.env);
    try {
      other.write('web.yaml', workload('web', 'acme/worker:v1'));
      other.write('docker/config.json', typeof config === 'string' ? config : JSON.stringify(config));
      const again = createFolder(emulator.endpoint, undefined, {
        ...fixture.env,
        I2KIT_DOCKER_CONFIG: `${other.cwd}/docker`,
      });
      again.write('web.yaml', workload('web', 'acme/worker:v1'));
      const ran = await again.run('image', 'build', '-f', 'web.yaml', '--mirror', registry.mirror);
      again.remove();
      expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringMatching(said)]);
    } finally {
      registry.stop();
      other.remove();
    }
  },
);

const tools = {
  'linuxkit is missing': [
    { PATH: '/usr/bin:/bin' },
    2,
    /error\[I2K782\] linuxkit is not on PATH\.\n {2}= hint: Install linuxkit 1\.6/,
  ],
  'linuxkit is too old': [{ FAKE_VERSION: 'v1.2.0' }, 2, /error\[I2K783\] linuxkit v1\.2\.0 is too old/],
  'linuxkit fails': [{ FAKE: 'fails' }, 3, /error\[I2K784\] linuxkit build failed .*429 Too Many Requests/],
  'mksquashfs is missing': [
    { PATH: 'no-squash' },
    2,
    /error\[I2K782\] mksquashfs is not on PATH\.\n {2}= hint: Install squashfs-tools/,
  ],
} as const;

here.each(Object.entries(tools))('%s: said in words, with a code', async (_, [env, code, said]) => {
  const path = 'PATH' in env && env.PATH === 'no-squash' ? { PATH: fixture.withoutSquash } : env;
  const other = createFolder(emulator.endpoint, undefined, { ...fixture.env, ...path });
  try {
    other.write('web.yaml', workload('web', 'acme/worker:v1'));
    const ran = await other.run('image', 'build', '-f', 'web.yaml', '--mirror', fixture.mirror);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringMatching(said)]);
  } finally {
    other.remove();
  }
});

const mounts = spawnSync('mount', ['--version']).status === 0 && process.getuid?.() === 0;
(mounts ? here : test.skip)('a full disk: said in words, and nothing is left that looks like a disk', async () => {
  const other = createFolder(emulator.endpoint, undefined, fixture.env);
  other.write('web.yaml', workload('web', 'acme/worker:v1'));
  other.write('small/README', '');
  const small = `${other.cwd}/small`;
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'none', small]).status).toBe(0);
  try {
    const ran = await other.run(
      'image',
      'build',
      '-f',
      'web.yaml',
      '--mirror',
      fixture.mirror,
      '--images-dir',
      'small',
    );
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([
      3,
      '',
      expect.stringMatching(/error\[I2K781\] No space left to write /),
    ]);
    expect(readdirSync(small, { recursive: true }).filter((name) => String(name).endsWith('disk.raw'))).toEqual([]);
    expect(existsSync(`${other.cwd}-cache/i2kit/builds`)).toBe(false);
  } finally {
    spawnSync('umount', [small]);
    other.remove();
  }
});

here('an image that no registry has, and a workload that nobody knows', async () => {
  folder.write('web.yaml', workload('web', 'acme/none:v9'));
  expect(await run('image', 'build', '-f', 'web.yaml')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error[I2K787]'),
  });
  folder.write('web.yaml', workload('web', 'acme/web:v1'));
  expect(await run('image', 'build', '-f', 'web.yaml', 'wob')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error[I2K799]'),
  });
});

here('Ctrl-C in the middle of a build ends it, and says how to go on', async () => {
  const other = createFolder(emulator.endpoint, undefined, { ...fixture.env, FAKE: 'hangs' });
  try {
    other.write('web.yaml', workload('web', 'acme/worker:v1'));
    const running = other.start('image', 'build', '-f', 'web.yaml', '--mirror', fixture.mirror);
    await running.waitForStderr('with linuxkit');
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/the same command resumes:\n {2}i2kit image build/),
    });
    expect(Object.keys((JSON.parse(other.read('i2kit.lock.json')) as Lock).images ?? {})).toContain('acme/worker:v1');
  } finally {
    other.remove();
  }
});

test('the package carries what images need', () => {
  const { files } = JSON.parse(readFileSync(join(import.meta.dirname, '../../packages/cli/package.json'), 'utf8')) as {
    files: string[];
  };
  expect(files).toEqual(expect.arrayContaining(['dist/image.cjs', 'dist/agent']));
});
