// Makes a bootable disk: a GPT with an EFI partition that holds one unified kernel image and, optionally, a squashfs
// root.
//
//   0        1 MiB                       …              …           end
//   | GPT    | ESP (FAT32, the UKI)      | root         | 1 MiB, GPT |
import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { architectures } from '../architecture.ts';
import { writeErrorOf } from '../errors.ts';
import { type BootInputs, loadBootPartition } from './bootPartition.ts';
import { bytesContent, contentSize } from './content.ts';
import { type CopyOptions, copyContent } from './copyContent.ts';
import type { FatImage } from './fat32.ts';
import { alignment, contentGuid, type Partition, partitionTables } from './gpt.ts';
import { cmdlineWithRoot, type RootPartition, readRootPartition } from './rootPartition.ts';

const espType = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';

export interface DiskOptions extends BootInputs {
  /** Path of a squashfs; its partition is added to the kernel's command line, unless that already has a `root=`. */
  readonly root?: string;
  readonly cmdline: string;
  /** Replaced atomically once everything is written. */
  readonly output: string;
  readonly signal?: AbortSignal;
  /** Bytes. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Disk {
  readonly path: string;
  /** Bytes, a multiple of 1 MiB. */
  readonly size: number;
  /** Hexadecimal SHA-256 of the boot content: the EFI partition's files, and the root. All GUIDs derive from it. */
  readonly digest: string;
  readonly cmdline: string;
  readonly partitions: readonly Partition[];
}

/** The same inputs give the same bytes. Throws `input-invalid`, `disk-full`, `cancelled`. */
export async function makeDisk(options: DiskOptions): Promise<Disk> {
  const [boot, root] = await Promise.all([loadBootPartition(options), readRootPartition(options.root)]);
  // The text of a GUID has a fixed length, so the layout is known before the root's digest.
  const espSize = boot(root ? cmdlineWithRoot(options.cmdline, contentGuid('root', '')) : options.cmdline).size;
  const size = alignment + espSize + (root?.size ?? 0) + alignment;
  // In the output's folder, so that the rename is atomic: no partial disk ever has the final name.
  const part = `${options.output}.part`;
  try {
    const handle = await open(part, 'w');
    const disk = await writeDisk({ options, boot, root, espSize, size }, handle).finally(() => handle.close());
    await rename(part, options.output);
    return disk;
  } catch (error) {
    await rm(part, { force: true });
    throw writeErrorOf(error, options.output, size);
  }
}

interface DiskParts {
  readonly options: DiskOptions;
  readonly boot: (cmdline: string) => FatImage;
  readonly root: RootPartition | undefined;
  readonly espSize: number;
  readonly size: number;
}

/** One pass: the root is hashed while it is copied, and everything that depends on its digest is written afterwards. */
async function writeDisk({ options, boot, root, espSize, size }: DiskParts, to: FileHandle): Promise<Disk> {
  await to.truncate(size);
  const watch = progressOptions(
    options,
    contentSize(boot(options.cmdline).content) + (root ? contentSize(root.content) : 0),
  );
  const rootHash = createHash('sha256');
  const rootStart = alignment + espSize;
  if (root) await copyContent(root.content, to, rootStart, { ...watch, hash: rootHash });
  const rootDigest = rootHash.digest('hex');
  const rootGuid = contentGuid('root', rootDigest);
  const cmdline = root ? cmdlineWithRoot(options.cmdline, rootGuid) : options.cmdline;

  const esp = boot(cmdline);
  const espHash = createHash('sha256');
  await copyContent(esp.content, to, alignment + esp.reservedSectors(0).length, { ...watch, hash: espHash });
  const digest = createHash('sha256')
    .update(`${options.architecture}\n${espHash.digest('hex')}\n${rootDigest}\n`)
    .digest('hex');
  await copyContent(bytesContent(esp.reservedSectors(Number.parseInt(digest.slice(0, 8), 16))), to, alignment);

  const rootType = architectures[options.architecture].rootPartition;
  const partitions: readonly Partition[] = [
    { name: 'EFI System', type: espType, guid: contentGuid('esp', digest), start: alignment, size: espSize },
    ...(root ? [{ name: 'root', type: rootType, guid: rootGuid, start: rootStart, size: root.size }] : []),
  ];
  const tables = partitionTables(contentGuid('disk', digest), size, partitions);
  await copyContent(bytesContent(tables.head), to, 0);
  await copyContent(bytesContent(tables.tail), to, size - tables.tail.length);
  return { path: options.output, size, digest, cmdline, partitions };
}

function progressOptions({ signal, onProgress }: DiskOptions, total: number): CopyOptions {
  let done = 0;
  const onBytes = (count: number): void => {
    done = Math.min(done + count, total);
    onProgress?.(done, total);
  };
  return { signal, onBytes };
}
