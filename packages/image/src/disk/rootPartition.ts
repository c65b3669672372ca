// The root partition: a checked squashfs, and its place on the kernel's command line.

import { open } from 'node:fs/promises';
import { ImageError } from '../errors.ts';
import { alignUp, type Content, contentSize, fileContent } from './content.ts';
import { alignment } from './gpt.ts';

// The root partition: a squashfs, as it is, and how a kernel is told of it.

export interface RootPartition {
  readonly content: Content;
  /** Bytes of its partition. */
  readonly size: number;
}

/** Undefined path: no root partition, the initrd is all there is. */
export async function readRootPartition(path: string | undefined): Promise<RootPartition | undefined> {
  if (path === undefined) return undefined;
  await checkSquashfs(path);
  const content = await fileContent(path);
  return { content, size: alignUp(contentSize(content), alignment) };
}

/** By PARTUUID: the names of NVMe devices depend on which of them answered first. A `root=` of the caller's stays. */
export function cmdlineWithRoot(cmdline: string, guid: string): string {
  if (/(^|\s)root=/.test(cmdline)) return cmdline;
  return `${cmdline} root=PARTUUID=${guid} rootfstype=squashfs ro rootwait`.trim();
}

// What a squashfs says of itself in its superblock (the kernel's Documentation/filesystems/squashfs.rst).

const superblockSize = 96;

/** Refuses a file that is no squashfs 4, or shorter than it says. */
export async function checkSquashfs(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const block = Buffer.alloc(superblockSize);
    const { bytesRead } = await handle.read(block, 0, superblockSize, 0);
    if (bytesRead < superblockSize || block.toString('latin1', 0, 4) !== 'hsqs' || block.readUInt16LE(28) !== 4) {
      throw new ImageError('input-invalid', `${path} is not a squashfs.`);
    }
    const { size } = await handle.stat();
    if (block.readBigUInt64LE(40) > BigInt(size)) throw new ImageError('input-invalid', `${path} is cut off.`);
  } finally {
    await handle.close();
  }
}
