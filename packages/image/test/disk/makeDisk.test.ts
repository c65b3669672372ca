// The disk maker, verified by common disk tools, and by its own promise: the same inputs, the same bytes.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Disk, type DiskOptions, makeDisk } from '../../src/disk/index.ts';
import { peMachine, smallPe } from '../support/pe.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { runTool, testWithTools } from '../support/tools.ts';

const at = useScratchFolder();
const mebi = 2 ** 20;
const architectures = ['amd64', 'arm64'] as const;

function inputs(architecture: 'amd64' | 'arm64'): DiskOptions {
  const kernel = Buffer.concat([smallPe({ machine: peMachine[architecture] }), Buffer.alloc(5_000_001, 'kernel')]);
  writeFileSync(at('stub'), smallPe({ machine: peMachine[architecture] }));
  // As distributions ship them: arm64's is gzip, which firmware cannot start.
  writeFileSync(at('kernel'), architecture === 'arm64' ? gzipSync(kernel) : kernel);
  writeFileSync(at('initrd'), Buffer.alloc(3_000_003, 'initrd'));
  return {
    architecture,
    stub: at('stub'),
    kernel: at('kernel'),
    initrd: at('initrd'),
    cmdline: 'console=ttyS0',
    output: at('disk.raw'),
  };
}

const squashfs = (name = 'root.sqfs'): string => {
  runTool(
    'mksquashfs',
    `${import.meta.dirname}/../../src`,
    at(name),
    '-noappend',
    '-quiet',
    '-comp',
    'zstd',
    '-all-time',
    '0',
    '-mkfs-time',
    '0',
  );
  return at(name);
};

const cut = (disk: Disk, index: number): string => {
  const partition = disk.partitions[index];
  if (!partition) throw new Error('no such partition');
  writeFileSync(at('part'), readFileSync(disk.path).subarray(partition.start, partition.start + partition.size));
  return at('part');
};

describe.each(architectures)('%s', (architecture) => {
  testWithTools(
    'sgdisk',
    'fsck.vfat',
    'mksquashfs',
    'unsquashfs',
  )('every judge accepts it', async () => {
    const disk = await makeDisk({ ...inputs(architecture), root: squashfs() });
    const table = runTool('sgdisk', '-v', disk.path);
    expect(table).toMatchObject({ code: 0, output: expect.stringContaining('No problems found') });
    expect(runTool('sgdisk', '-p', disk.path).output).toMatch(
      /1\s+2048\s.*EF00\s+EFI System\n\s+2\s.*(8304|8305)\s+root/,
    );
    const fat = runTool('fsck.vfat', '-n', '-v', cut(disk, 0));
    expect(fat.code).toBe(0);
    expect(Number(/, (\d+)\/(\d+) clusters/.exec(fat.output)?.[2])).toBeGreaterThanOrEqual(65_525);
    expect(fat.output).not.toMatch(/differ|wrong \(|dirty bit/i);
    expect(runTool('unsquashfs', '-s', cut(disk, 1))).toMatchObject({
      code: 0,
      output: expect.stringContaining('valid SQUASHFS 4:0'),
    });
  });

  testWithTools('mksquashfs')('the same inputs give the same bytes, other ones other names', async () => {
    const root = squashfs();
    const first = await makeDisk({ ...inputs(architecture), root });
    const hash = createHash('sha256').update(readFileSync(first.path)).digest('hex');
    const second = await makeDisk({ ...inputs(architecture), root });
    expect(second).toEqual(first);
    expect(createHash('sha256').update(readFileSync(second.path)).digest('hex')).toBe(hash);
    const other = await makeDisk({ ...inputs(architecture), root, cmdline: 'console=ttyS1' });
    expect(other.digest).not.toBe(first.digest);
    expect(other.partitions.map(({ guid }) => guid)).not.toContain(first.partitions[0]?.guid);
    expect(other.partitions[1]?.guid).toBe(first.partitions[1]?.guid);
    expect(first.cmdline).toBe(
      `console=ttyS0 root=PARTUUID=${first.partitions[1]?.guid} rootfstype=squashfs ro rootwait`,
    );
  });

  test('without a root, the initrd is all there is', async () => {
    const disk = await makeDisk(inputs(architecture));
    expect(disk.partitions).toHaveLength(1);
    expect(disk.size % mebi).toBe(0);
    expect(disk.cmdline).toBe('console=ttyS0');
  });
});

describe('refusals', () => {
  let good: DiskOptions;
  beforeEach(() => {
    good = inputs('amd64');
  });

  test.each([
    [
      'a kernel of another architecture',
      () => writeFileSync(at('kernel'), smallPe({ machine: peMachine.arm64 })),
      /is not built for amd64/,
    ],
    ['a kernel that is none', () => writeFileSync(at('kernel'), 'hello'), /does not begin with MZ/],
    [
      'a broken gzip',
      () => writeFileSync(at('kernel'), Buffer.concat([Buffer.from([0x1f, 0x8b]), randomBytes(99)])),
      /is a damaged gzip file/,
    ],
    [
      'a stub that holds a kernel',
      () => writeFileSync(at('stub'), smallPe({ machine: peMachine.amd64, sections: ['.linux'] })),
      /not a plain stub/,
    ],
    [
      'a signed stub',
      () => writeFileSync(at('stub'), smallPe({ machine: peMachine.amd64, signed: true })),
      /is signed/,
    ],
    [
      'a stub without room',
      () => writeFileSync(at('stub'), smallPe({ machine: peMachine.amd64, headers: 0x200 })),
      /no room for 4 more/,
    ],
  ])('%s', async (_, spoil, message) => {
    spoil();
    await expect(makeDisk(good)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(message),
    });
    expect(existsSync(good.output)).toBe(false);
  });

  test('a root that is no squashfs, or a part of one', async () => {
    writeFileSync(at('root'), 'hello');
    await expect(makeDisk({ ...good, root: at('root') })).rejects.toThrow(/is not a squashfs/);
    writeFileSync(at('root'), readFileSync(squashfs()).subarray(0, 4096));
    await expect(makeDisk({ ...good, root: at('root') })).rejects.toThrow(/is truncated/);
  });

  test('cancelled: nothing is left', async () => {
    const stop = new AbortController();
    await expect(makeDisk({ ...good, signal: stop.signal, onProgress: () => stop.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect([existsSync(good.output), existsSync(`${good.output}.part`)]).toEqual([false, false]);
  });

  testWithTools('/dev/full')('a full disk', async () => {
    const { writeErrorOf: writeFailure } = await import('../../src/errors.ts');
    const { open } = await import('node:fs/promises');
    const full = await open('/dev/full', 'w');
    const failed = await full.write('x').catch((error: unknown) => writeFailure(error, '/images/disk.raw', 3 * mebi));
    await full.close();
    expect(failed).toMatchObject({
      code: 'disk-full',
      message: 'No space left to write /images/disk.raw (3 MiB needed).',
    });
  });
});
