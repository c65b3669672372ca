// Turns linuxkit's output into a disk: for UEFI i2kit's own layout around a squashfs; for BIOS linuxkit's disk.
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cmdline } from '@i2kit/compiler/image';
import { type Architecture, architectures } from '../architecture.ts';
import { makeDisk } from '../disk/index.ts';
import { ImageError } from '../errors.ts';
import type { BuildEvent, BuildStep } from './events.ts';
import type { Linuxkit } from './linuxkitTool.ts';
import { writeSquashfs } from './mksquashfs.ts';
import type { ToolOptions } from './runTool.ts';
import { readEntry, readTar, type TarEntry } from './tar.ts';

export interface DiskBuildContext {
  readonly kit: Linuxkit;
  readonly tools: Omit<ToolOptions, 'input' | 'hint'>;
  /** Path of a file in the build's folder. */
  readonly pathOf: (name: string) => string;
  readonly architecture: Architecture;
  readonly stub: string;
  readonly startStep: (step: BuildStep) => void;
  readonly report: (event: BuildEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Writes `disk.raw`; returns its size in bytes. */
export async function buildUefiDisk({
  kit,
  tools,
  pathOf: at,
  architecture,
  stub,
  startStep: begin,
  report,
  signal,
}: DiskBuildContext): Promise<number> {
  begin('linuxkit');
  await kit.buildArchive('image.yml', at('root.tar'));
  const entries = await readTar(at('root.tar'));
  await unpackEntry(at('root.tar'), entries, /^boot\/kernel$/, at('kernel'));
  // Initrd of a kernel component that needs one to mount the root; linuxkit's kernels do not.
  const initrd = entries.some(({ name }) => name === 'boot/initrd');
  if (initrd) await unpackEntry(at('root.tar'), entries, /^boot\/initrd$/, at('initrd'));
  begin('stub');
  await kit.exportImage(stub, at('stub.tar'));
  await unpackEntry(
    at('stub.tar'),
    await readTar(at('stub.tar')),
    new RegExp(`(^|/)${architectures[architecture].stub}$`),
    at('stub'),
  );
  begin('squashfs');
  await writeSquashfs(at('root.tar'), entries, at('root.sqfs'), tools);
  begin('disk');
  const onProgress = (done: number, total: number): void => report({ kind: 'written', done, total });
  const inputs = {
    architecture,
    stub: at('stub'),
    kernel: at('kernel'),
    ...(initrd && { initrd: at('initrd') }),
    root: at('root.sqfs'),
    cmdline,
    output: at('disk.raw'),
    onProgress,
  };
  const { size } = await makeDisk({ ...inputs, ...(signal && { signal }) });
  for (const name of ['root.tar', 'root.sqfs', 'stub.tar', 'kernel', 'initrd', 'stub'])
    await rm(at(name), { force: true });
  return size;
}

/** Writes `disk.raw`; returns its size in bytes. */
export async function buildBiosDisk({ kit, pathOf: at, startStep: begin }: DiskBuildContext): Promise<number> {
  begin('linuxkit');
  const made = await kit.buildBiosDisk('image.yml', at('.'));
  if (!(await hasBootSignature(made)))
    throw new ImageError('tool-failed', `linuxkit made a disk that a BIOS cannot boot: ${made}.`);
  await rename(made, at('disk.raw'));
  return (await stat(at('disk.raw'))).size;
}

async function hasBootSignature(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const sector = Buffer.alloc(512);
    await handle.read(sector, 0, sector.length, 0);
    return sector.readUInt16LE(510) === 0xaa55;
  } finally {
    await handle.close();
  }
}

async function unpackEntry(archive: string, entries: readonly TarEntry[], name: RegExp, output: string): Promise<void> {
  const entry = entries.find((each) => each.type === '0' && name.test(each.name));
  if (!entry) throw new ImageError('input-invalid', `linuxkit's output holds no ${basename(output)} (${archive}).`);
  await writeFile(output, await readEntry(archive, entry));
}
