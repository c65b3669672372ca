// The root partition: a verified squashfs, and its parameter on the kernel's command line.

import { open } from 'node:fs/promises';
import { ImageError } from '../errors.ts';
import { alignUp, type Content, contentSize, fileContent } from './content.ts';
import { alignment } from './gpt.ts';

/** The squashfs unchanged, and the kernel parameters that refer to it. */
export interface RootPartition {
  readonly content: Content;
  /** Size of its partition in bytes. */
  readonly size: number;
}

/** Undefined path: no root partition, only the initrd. */
export async function readRootPartition(path: string | undefined): Promise<RootPartition | undefined> {
  if (path === undefined) return undefined;
  await checkSquashfs(path);
  const content = await fileContent(path);
  return { content, size: alignUp(contentSize(content), alignment) };
}

/** By PARTUUID: the names of NVMe devices depend on the order in which they respond. A `root=` of the caller stays. */
export function cmdlineWithRoot(cmdline: string, guid: string): string {
  if (/(^|\s)root=/.test(cmdline)) return cmdline;
  return `${cmdline} root=PARTUUID=${guid} rootfstype=squashfs ro rootwait`.trim();
}

const superblockSize = 96;

/**
 * The superblock of a squashfs (the kernel's Documentation/filesystems/squashfs.rst). Rejects a file that is not a
 * squashfs 4, or is shorter than its superblock says.
 */
export async function checkSquashfs(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const block = Buffer.alloc(superblockSize);
    const { bytesRead } = await handle.read(block, 0, superblockSize, 0);
    if (bytesRead < superblockSize || block.toString('latin1', 0, 4) !== 'hsqs' || block.readUInt16LE(28) !== 4) {
      throw new ImageError('input-invalid', `${path} is not a squashfs.`);
    }
    const { size } = await handle.stat();
    if (block.readBigUInt64LE(40) > BigInt(size)) throw new ImageError('input-invalid', `${path} is truncated.`);
  } finally {
    await handle.close();
  }
}
