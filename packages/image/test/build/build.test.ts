// Builds, with a stand-in for linuxkit and the real mksquashfs.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type BuildEvent, type BuildOptions, buildImage } from '../../src/build/index.ts';
import { parseSupportedVersion } from '../../src/build/linuxkitTool.ts';
import { peMachine, smallPe } from '../support/pe.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { findTool, runTool, testWithTools } from '../support/tools.ts';

const at = useScratchFolder();
const here = testWithTools('mksquashfs', 'unsquashfs', 'tar');
const key = 'ef'.repeat(32);
let options: BuildOptions;

beforeEach(() => {
  for (const folder of ['bin', 'root/boot', 'root/etc', 'stub/efi']) mkdirSync(at(folder), { recursive: true });
  writeFileSync(
    at('root/boot/kernel'),
    Buffer.concat([smallPe({ machine: peMachine.amd64 }), Buffer.alloc(100_000, 'k')]),
  );
  writeFileSync(at('root/etc/owned'), 'mine');
  writeFileSync(at('root/etc', 'a'.repeat(150)), 'long');
  utimesSync(at('root/etc/owned'), 1_000_000, 1_000_000);
  writeFileSync(at('stub/efi/linuxx64.efi.stub'), smallPe({ machine: peMachine.amd64 }));
  spawnSync('tar', [
    '-C',
    at('root'),
    '--owner=1234',
    '--group=99',
    '--format=pax',
    '-cf',
    at('root.tar'),
    'boot',
    'etc',
  ]);
  spawnSync('tar', ['-C', at('stub'), '-cf', at('stub.tar'), '.']);
  writeFileSync(at('agent'), 'agent');
  writeFileSync(
    at('bin/linuxkit'),
    `#!/bin/sh\nexec ${process.execPath} ${import.meta.dirname}/fakeLinuxkit.mjs "$@"\n`,
  );
  chmodSync(at('bin/linuxkit'), 0o755);
  const squash = findTool('mksquashfs');
  if (squash) symlinkSync(squash, at('bin/mksquashfs'));
  options = {
    key,
    yaml: 'kernel: {}\n',
    architecture: 'amd64',
    boot: 'uefi',
    agent: at('agent'),
    stub: 'stub@sha256:1',
    folder: at('images'),
    cache: at('cache'),
    env: env(),
  };
});

const env = (more: Record<string, string> = {}) => ({
  PATH: `${at('bin')}:/bin:/usr/bin`,
  FAKE_ROOT: at('root.tar'),
  FAKE_STUB: at('stub.tar'),
  FAKE_CALLS: at('calls'),
  ...more,
});
const folder = (...names: string[]) => at('images', key, ...names);

here('a disk, its steps, its log', async () => {
  const events: BuildEvent[] = [];
  const build = await buildImage({
    ...options,
    mirrors: ['docker.io=http://mirror'],
    onEvent: (event) => events.push(event),
  });
  expect(build).toEqual({
    path: folder('disk.raw'),
    size: expect.any(Number),
    linuxkit: 'v1.7.1',
    log: folder('build.log'),
  });
  expect(events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))).toEqual([
    'check',
    'linuxkit',
    'stub',
    'squashfs',
    'disk',
  ]);
  expect(events).toContainEqual({ kind: 'line', step: 'linuxkit', text: 'Extract kernel image: linuxkit/kernel' });
  expect(readFileSync(folder('build.log'), 'utf8')).toContain('Extract kernel image');
  const cache = at('cache/linuxkit');
  const unpacked = `cache export --cache ${cache} --mirror docker.io=http://mirror --platform linux/amd64 --format filesystem --outfile ${folder('stub.tar')} stub@sha256:1`;
  expect(readFileSync(at('calls'), 'utf8').split('\n')).toEqual([
    'version',
    'build --dry-run image.yml',
    `build --arch amd64 --cache ${cache} --mirror docker.io=http://mirror --format tar --o ${folder('root.tar')} image.yml`,
    unpacked,
    `cache pull --cache ${cache} --mirror docker.io=http://mirror stub@sha256:1`,
    unpacked,
    '',
  ]);
  expect(existsSync(folder('root.tar'))).toBe(false);
});

here('the root keeps owners and times, and has no kernel; a second build gives the same bytes', async () => {
  const first = readFileSync((await buildImage(options))?.path ?? '');
  const start = first.indexOf('hsqs', 0, 'latin1');
  writeFileSync(at('root.sqfs'), first.subarray(start));
  const { output } = runTool('unsquashfs', '-lln', at('root.sqfs'));
  expect(output).toMatch(/-rw-r--r-- 1234\/99 +4 1970-01-12 13:46 squashfs-root\/etc\/owned/);
  expect(output).toMatch(/drwxr-xr-x 0\/0 .* squashfs-root\n/);
  expect(output).toContain('a'.repeat(150));
  expect(output).not.toContain('boot');
  rmSync(folder(), { recursive: true });
  expect(readFileSync((await buildImage(options))?.path ?? '').equals(first)).toBe(true);
});

here('a cached stub is not pulled; an initrd of the kernel component becomes part of the boot files', async () => {
  writeFileSync(at('root/boot/initrd'), 'an initrd of its own');
  spawnSync('tar', ['-C', at('root'), '-cf', at('root.tar'), 'boot', 'etc']);
  const build = await buildImage({ ...options, env: env({ FAKE: 'cached' }) });
  expect(readFileSync(at('calls'), 'utf8')).not.toContain('cache pull');
  expect(readFileSync(build?.path ?? '').includes('an initrd of its own')).toBe(true);
});

here('an existing disk is not built again', async () => {
  const first = await buildImage(options);
  rmSync(at('calls'));
  expect(await buildImage(options)).toEqual(first);
  expect(existsSync(at('calls'))).toBe(false);
  writeFileSync(folder('disk.raw'), 'cut off');
  await buildImage(options);
  expect(existsSync(at('calls'))).toBe(true);
});

here("a folder that somebody else wrote is not used, whatever it holds: only this user's own builds are", async () => {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(folder('disk.raw'), 'somebody else');
  const size = 'somebody else'.length;
  writeFileSync(folder('built.json'), JSON.stringify({ path: folder('disk.raw'), size, linuxkit: 'v1.7.1', log: '' }));
  mkdirSync(at('outside'));
  writeFileSync(at('outside/file'), 'kept');
  symlinkSync(at('outside/file'), folder('build.log'));
  const build = await buildImage(options);
  expect(readFileSync(build?.path ?? '').subarray(510, 512)).toEqual(Buffer.from([0x55, 0xaa]));
  expect(readFileSync(at('outside/file'), 'utf8')).toBe('kept');
});

here('a disk of the same size with other bytes is built again', async () => {
  const built = await buildImage(options);
  const bytes = readFileSync(built?.path ?? '');
  const changed = Buffer.from(bytes);
  changed.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  writeFileSync(built?.path ?? '', changed);
  await buildImage(options);
  expect(readFileSync(built?.path ?? '').equals(bytes)).toBe(true);
});

test('a dry run only checks, by linuxkit', async () => {
  expect(await buildImage({ ...options, dryRun: true })).toBeUndefined();
  expect(existsSync(folder('disk.raw'))).toBe(false);
  await expect(buildImage({ ...options, dryRun: true, env: env({ FAKE: 'invalid' }) })).rejects.toMatchObject({
    code: 'tool-failed',
    message: expect.stringContaining('image is required'),
  });
});

describe('what goes wrong', () => {
  test.each([
    ['fails', 'tool-failed', /429 Too Many Requests/],
    ['full', 'disk-full', /disk is full|No space left/],
    ['empty', 'tool-failed', /root\.tar is empty/],
    ['nothing', 'tool-failed', /did not write/],
  ])('linuxkit: %s', async (fake, code, message) => {
    await expect(buildImage({ ...options, env: env({ FAKE: fake }) })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect([existsSync(folder('disk.raw')), existsSync(at('cache/builds', `${key}.json`))]).toEqual([false, false]);
  });

  test('linuxkit is missing, or too old', async () => {
    await expect(buildImage({ ...options, env: env({ FAKE_VERSION: 'v0.8' }) })).rejects.toMatchObject({
      code: 'tool-version',
    });
    rmSync(at('bin/linuxkit'));
    const failed = buildImage({ ...options, env: env({ PATH: at('bin') }) });
    await expect(failed).rejects.toMatchObject({
      code: 'tool-missing',
      message: 'linuxkit is not on PATH.',
      hint: expect.stringContaining('Install'),
    });
  });

  test('mksquashfs is missing', async () => {
    rmSync(at('bin/mksquashfs'), { force: true });
    await expect(buildImage({ ...options, env: env({ PATH: at('bin') }) })).rejects.toMatchObject({
      code: 'tool-missing',
      message: 'mksquashfs is not on PATH.',
    });
  });

  test('an archive that is cut off, or holds no kernel', async () => {
    const whole = readFileSync(at('root.tar'));
    writeFileSync(at('root.tar'), whole.subarray(0, 60_000));
    await expect(buildImage(options)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('truncated'),
    });
    writeFileSync(at('root.tar'), Buffer.alloc(10_240));
    await expect(buildImage(options)).rejects.toThrow(/holds no kernel/);
    writeFileSync(at('root.tar'), Buffer.alloc(10_240, 'x'));
    await expect(buildImage(options)).rejects.toThrow(/is not a header/);
  });

  test('cancelled: linuxkit and its helpers end', async () => {
    // The fake tool sleeps for ten minutes: a helper that is not ended fails the test by its time limit.
    const stop = new AbortController();
    const onEvent = (event: BuildEvent) => event.kind === 'line' && event.step === 'linuxkit' && stop.abort();
    await expect(
      buildImage({ ...options, env: env({ FAKE: 'hangs' }), signal: stop.signal, onEvent }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('ECR and linuxkit 1.8 are warned of', async () => {
    const events: BuildEvent[] = [];
    const yaml = 'init: ["1.dkr.ecr.eu-west-1.amazonaws.com/a@sha256:1"]';
    await buildImage({
      ...options,
      yaml,
      dryRun: true,
      env: env({ FAKE_VERSION: 'v1.8.2' }),
      onEvent: (event) => events.push(event),
    });
    expect(events).toContainEqual({ kind: 'warning', message: expect.stringContaining('1.7.1 does not') });
  });
});

test("BIOS: linuxkit's own disk, if it is one", async () => {
  const build = await buildImage({ ...options, boot: 'bios' });
  expect(build?.size).toBe(1024);
  rmSync(folder(), { recursive: true });
  await expect(buildImage({ ...options, boot: 'bios', env: env({ FAKE: 'unbootable' }) })).rejects.toThrow(
    /a BIOS cannot boot/,
  );
  await expect(buildImage({ ...options, boot: 'bios', env: env({ FAKE: 'empty' }) })).rejects.toThrow(
    /bios\.raw is empty/,
  );
});

test.each([
  ['linuxkit version v1.7.1\n', 'v1.7.1'],
  ['linuxkit version unknown', 'unknown'],
  ['version v2.0-rc1', 'v2.0-rc1'],
])('version of %j', (text, version) => {
  expect(parseSupportedVersion(text)).toBe(version);
});
