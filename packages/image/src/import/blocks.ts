// Splits a disk into EBS blocks, each with its hash.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { ImageError, throwIfCancelled } from '../errors.ts';

/** Bytes of a block; EBS has no other size. */
export const blockSize = 524_288;

export interface BlockList {
  /** Size of the file in bytes. */
  readonly size: number;
  /** Base64 SHA-256 by index; the last block is padded with zeros. */
  readonly checksums: readonly string[];
  /** Base64 SHA-256 over all blocks' hashes in order: EBS' LINEAR aggregation, and the file's identity. */
  readonly aggregate: string;
}

export async function hashBlocks(path: string, signal?: AbortSignal): Promise<BlockList> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new ImageError('input-invalid', `${path} is empty.`);
    const whole = createHash('sha256');
    const checksums: string[] = [];
    const buffer = Buffer.alloc(blockSize);
    for (let index = 0; index * blockSize < size; index++) {
      throwIfCancelled(signal);
      const hash = createHash('sha256')
        .update(await readBlock(handle, index, buffer))
        .digest();
      whole.update(hash);
      checksums.push(hash.toString('base64'));
    }
    return { size, checksums, aggregate: whole.digest('base64') };
  } finally {
    await handle.close();
  }
}

/** Fills `buffer`, which is one block long; zeros follow the file's end. */
export async function readBlock(
  handle: FileHandle,
  index: number,
  buffer: Buffer = Buffer.alloc(blockSize),
): Promise<Buffer> {
  let filled = 0;
  while (filled < blockSize) {
    const { bytesRead } = await handle.read(buffer, filled, blockSize - filled, index * blockSize + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  buffer.fill(0, filled);
  return buffer;
}
