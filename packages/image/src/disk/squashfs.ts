// What a squashfs says of itself in its superblock (the kernel's Documentation/filesystems/squashfs.rst).
import { open } from 'node:fs/promises';
import { ImageError } from '../errors.ts';

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
