// Boot tests: a disk made by i2kit boots under QEMU with UEFI firmware and the user data of synth; its pod runs as
// the manifest says, and its stack completes or fails by the machine's signal. Takes minutes, so only with
// I2KIT_TEST_BOOT=1, as in .ci/run.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTool } from './debian.ts';
import { type Deployment, deploy, type EmulatedAccount, startEmulatedAccount } from './deployment.ts';
import { type BootFixture, makeBootFixture, missingTools, type RootSource, rootSources } from './fixture.ts';
import { bootMachine, type Machine, waitUntil } from './machine.ts';

const missingHere = missingTools();
const asked = process.env['I2KIT_TEST_BOOT'] === '1';
const why = asked
  ? `for want of ${missingHere.join(', ')} (node packages/image/scripts/testTools.mjs --boot)`
  : 'without I2KIT_TEST_BOOT=1';
const possible = asked && missingHere.length === 0;
if (!possible) process.stderr.write(`SKIPPED THE PROOF: no machine is booted ${why}\n`);

const scratch = mkdtempSync(join(tmpdir(), 'i2kit-proof-'));
const password = 's3cret-of-the-proof';
const tmpfs = 0x01021994;

/** Status 0: no answer. */
async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
  try {
    const answer = await fetch(url, {
      ...init,
      signal: AbortSignal.timeout(10_000),
      headers: { connection: 'close', ...init.headers },
    });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return { status: 0, text: '' };
  }
}

const volumeFile = (name: string, content: string): string => {
  const file = join(scratch, name);
  writeFileSync(file, content);
  truncateSync(file, 64 * 2 ** 20);
  return file;
};

/** .ci/run repeats these lines at its end. */
function logLine(line: string): void {
  const folder = join(import.meta.dirname, '../../.cache/proof');
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`PROOF: ${line}\n`);
  appendFileSync(join(folder, 'ran'), `PROOF: ${line}\n`);
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The same for each way to make a root; linuxkit is in no package registry, and so not always available. */
const without: Partial<Record<RootSource, string>> = hasTool('linuxkit') ? {} : { linuxkit: 'linuxkit is not on PATH' };
for (const way of rootSources) {
  const reason = possible ? without[way] : why;
  if (possible && reason) logLine(`SKIPPED: no image that ${way} built was booted, as ${reason}`);
  (reason === undefined ? describe : describe.skip)(`a machine by ${way}`, () => describeBoot(way));
}

function describeBoot(way: RootSource): void {
  let world: BootFixture;
  let cloud: EmulatedAccount;
  const machines: Machine[] = [];

  async function start(app: Deployment, disk = world.disk): Promise<Machine> {
    const instance = `i-${String(machines.length + 1).padStart(17, '0')}`;
    const options = { instance, disk, userData: app.userData, awsPort: cloud.port, busybox: world.debian.busybox };
    const machine = await bootMachine({ ...options, folder: join(scratch, way, instance) });
    machines.push(machine);
    await app.join(machine);
    return machine;
  }

  beforeAll(async () => {
    world = await makeBootFixture(way, join(scratch, way));
    logLine(world.told);
    cloud = await startEmulatedAccount();
  });
  afterAll(async () => {
    for (const machine of machines) await machine.kill();
    await cloud?.stop();
  });

  describe('runs a pod', () => {
    let app: Deployment;
    let machine: Machine;
    let disk: string;
    const file = (path: string) => `${machine.url}/file?path=${path}`;
    const touch = (path: string) => ask(file(path), { method: 'PUT', body: 'x' });

    beforeAll(async () => {
      await cloud.createSecret('web', { password });
      app = await deploy(cloud, 'web', { TOOLS: world.tools });
      machine = await start(app, world.grown);
      disk = volumeFile('data.raw', '');
      await app.attach(machine, disk);
    });

    test('HTTP answers, after the init container', async () => {
      await waitUntil('HTTP answers', async () => (await ask(machine.url)).status === 200, machine);
      process.stderr.write(
        `FIGURE ${way}: boot to the first answer: ${((performance.now() - machine.began) / 1000).toFixed(1)} s\n`,
      );
      expect((await ask(file('/shared/init'))).text).toBe('made by init\n');
      expect((await ask(file('/data/log'))).text).toBe('started\n');
    });

    test('environment, files, secret, user and capabilities are those of the manifest', async () => {
      const facts = JSON.parse((await ask(`${machine.url}/facts`)).text);
      const pod = `web-${machine.instance.slice(2)}`;
      expect(facts.env).toEqual(
        expect.arrayContaining([
          `POD_NAME=${pod}`,
          `GREETING=hello from ${pod}, $(not expanded)`,
          'LITERAL={{resolve:ssm:/x}} ${AWS::Region}',
          `PASSWORD=${password}`,
          'FROM_IMAGE=yes',
        ]),
      );
      expect(facts).toMatchObject({ uid: 1000, gid: 1001, host: pod });
      expect(facts.groups).toContain(2000);
      // The process is not root, so no capability is effective; the bounding set shows the added ones.
      expect(facts.status).toMatchObject({
        CapEff: '0000000000000000',
        CapBnd: '0000000000000400',
        NoNewPrivs: '1',
        Seccomp: '2',
      });
      expect((await ask(file('/etc/web/web.conf'))).text).toBe('listen 8080\n');
      expect((await ask(file('/etc/secret/password'))).text).toBe(password);
      expect(facts.filesystems).toMatchObject({ '/etc/secret': tmpfs, '/etc/web': tmpfs, '/data': 0xef53 });
      expect((await ask(file('/etc/secret/password'), { method: 'PUT', body: 'x' })).text).toContain(
        'read-only file system',
      );
    });

    test('files that containers write outside of volumes use the rest of the disk', async () => {
      const { filesystems, sizes } = JSON.parse((await ask(`${machine.url}/facts`)).text);
      expect(filesystems['/shared']).toBe(0xef53);
      // More than the machine's memory; the size of a layer is that of the disk below it.
      expect(sizes['/shared']).toBeGreaterThan(600 * 2 ** 20);
      expect(sizes['/']).toBe(sizes['/shared']);
      expect(machine.console()).toMatch(/containers' files have \d{3} MiB of the machine's disk/);
    });

    test('containers do not reach the metadata service, and have the role of the pod', async () => {
      const fetched = (url: string, token?: string) =>
        ask(
          `${machine.url}/fetch?url=${encodeURIComponent(url)}`,
          token === undefined ? {} : { headers: { 'x-token-file': token } },
        );
      expect(await fetched('http://169.254.169.254/latest/meta-data/')).toMatchObject({ status: 502 });
      expect(machine.metadata.refused).toEqual([]);
      const { env }: { env: string[] } = JSON.parse((await ask(`${machine.url}/facts`)).text);
      const value = (name: string) => env.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
      const url = value('AWS_CONTAINER_CREDENTIALS_FULL_URI');
      const role = await fetched(url, value('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'));
      expect(JSON.parse(role.text)).toMatchObject({
        AccessKeyId: expect.stringMatching(/^ASIA/),
        Token: expect.any(String),
      });
      expect((await fetched(url)).status).toBeGreaterThanOrEqual(400);
    });

    test('a default container opens no packet socket, and may ping', async () => {
      const sockets = await ask(file('/shared/sockets'));
      expect(sockets.text.trim().split('\n')).toEqual([
        'packet false',
        'packet-high false',
        'xdp false',
        'xdp-high false',
        'raw false',
        'ping true',
      ]);
    });

    test('each kind of probe holds the machine and its stack back', async () => {
      for (const [name, container] of Object.entries({ tcp: 'sidecar', http: 'web', exec: 'worker', grpc: 'health' })) {
        const answer = await ask(machine.readiness);
        expect(answer.status).toBe(503);
        expect(await app.status()).toBe('CREATE_IN_PROGRESS');
        await touch(`/shared/${name}`);
        await waitUntil(
          `${container} is not what is waited for`,
          async () => !(await ask(machine.readiness)).text.includes(`${container}:`),
          machine,
        );
      }
      await waitUntil('the machine is ready', async () => (await ask(machine.readiness)).status === 200, machine);
    });

    test('the signal completes the stack', async () => {
      const { code, stderr } = await app.done();
      expect([code, stderr]).toEqual([0, expect.stringContaining('default-web')]);
      expect(await app.status()).toBe('CREATE_COMPLETE');
      expect(await app.reasons()).toContain(`Received SUCCESS signal with UniqueId ${machine.instance}`);
    });

    test('a container that is killed comes back, and one whose liveness probe fails is started again', async () => {
      await touch('/shared/sick');
      await ask(`${machine.url}/exit`, { method: 'POST' });
      await waitUntil('the machine is not ready', async () => (await ask(machine.readiness)).status === 503, machine);
      await machine.said('container web ended: exit code 7');
      await machine.said('container worker is ended: its liveness probe failed: exit code 1');
      await waitUntil('the machine is ready again', async () => (await ask(machine.readiness)).status === 200, machine);
      expect((await ask(file('/data/log'))).text).toBe('started\nstarted\n');
    });

    test('the power button ends it in order', async () => {
      await machine.pressPower();
      await machine.said('the power button was pressed');
      expect(await machine.off()).toBe(0);
      expect(machine.console()).toContain('the machine shuts down');
      expect(await app.volume()).toBe('available');
      // The group did not end it, so there is no hook to complete.
      expect((await cloud.emulator.machineActions())[machine.instance]).toEqual([]);
      expect(machine.console()).not.toContain(password);
      expect(readFileSync(disk).includes(password)).toBe(false);
    });

    test('the machine that replaces it finds what was written, and ends when its group says so', async () => {
      machine = await start(app);
      await app.attach(machine, disk);
      await waitUntil('HTTP answers', async () => (await ask(machine.url)).status === 200, machine);
      expect((await ask(file('/data/log'))).text).toBe('started\nstarted\npreStop\nSIGTERM\nstarted\n');
      expect(machine.console()).not.toContain('blank');
      await cloud.emulator.setLifecycle(machine.instance, 'Terminating');
      machine.metadata.values.set('meta-data/autoscaling/target-lifecycle-state', 'Terminated');
      await machine.said('the machine ends: its Auto Scaling group terminates it');
      await machine.said('the pod keeps serving until its load balancers have drained it');
      expect((await ask(machine.url)).status).toBe(200);
      await cloud.emulator.setLifecycle(machine.instance, 'Terminating:Wait');
      expect(await machine.off()).toBe(0);
      expect((await cloud.emulator.machineActions())[machine.instance]).toEqual(
        expect.arrayContaining(['RecordLifecycleActionHeartbeat', 'CompleteLifecycleAction']),
      );
    });
  });

  describe('fails aloud', () => {
    afterEach(() => machines.at(-1)?.kill());

    /** The stack fails by the machine's FAILURE signal, and apply shows its console output. */
    async function fails(app: Deployment, machine: Machine, said: RegExp): Promise<void> {
      await machine.said(said);
      await machine.said('FAILURE: ');
      const { code, stderr } = await app.done();
      expect([code, stderr]).toEqual([3, expect.stringContaining('Received 1 FAILURE signal(s) out of 1')]);
      expect(stderr).toMatch(said);
      expect(await app.status()).toBe('ROLLBACK_COMPLETE');
    }

    test('for a secret that is missing', async () => {
      await cloud.createSecret('gone', { password });
      const app = await deploy(cloud, 'secretless', {});
      await cloud.deleteSecret('gone');
      const machine = await start(app);
      await machine.said(
        "containers' files are in memory, not on the machine's disk: nvme0n1 has no room behind its partitions",
      );
      await fails(app, machine, /the pod cannot run: .*secret i2kit\/default\/default\/gone/);
    });

    test('for a volume that holds something else, which is left as it is', async () => {
      const app = await deploy(cloud, 'foreign', {});
      const machine = await start(app);
      const disk = volumeFile('foreign.raw', 'XFSB of somebody else');
      await app.attach(machine, disk);
      await fails(app, machine, /the pod cannot run: volume data: .* holds xfs, not ext4; it is left as it is/);
      expect(readFileSync(disk).toString('latin1').replaceAll('\0', '')).toBe('XFSB of somebody else');
    });

    test('for a crash loop, as soon as there is no hope', async () => {
      const app = await deploy(cloud, 'crashing', {});
      const machine = await start(app);
      await fails(app, machine, /the container web keeps ending \(\d times, the last with exit code 3/);
      // Only the output of this end.
      await machine.said(/\(restart 2\); termination message: the database is not there\r?\n/);
    });

    test('and a machine that says nothing fails its stack when the time is over', async () => {
      // Templates wait for at least six minutes.
      await cloud.emulator.setSignals('over');
      const app = await deploy(cloud, 'silent', {});
      const { code, stderr } = await app.done();
      await cloud.emulator.setSignals('wait');
      expect([code, stderr]).toEqual([3, expect.stringContaining('Received 0 SUCCESS signal(s) out of 1')]);
      expect(await app.reasons()).toContainEqual(expect.stringContaining('Failed to receive 1 resource signal(s)'));
    });
  });
}
