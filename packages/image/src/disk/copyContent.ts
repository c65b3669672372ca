// Writes content into an open file at an offset and hashes it; uses the memory of one buffer.
import type { Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { ImageError, throwIfCancelled } from '../errors.ts';
import type { Content } from './content.ts';

const bufferSize = 2 ** 22;
const zeroBlock = new Uint8Array(2 ** 16);

export interface CopyOptions {
  readonly hash?: Hash;
  readonly signal?: AbortSignal | undefined;
  /** Called with the size of each written buffer, in bytes. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/** Zeros are not written: `to` was created by truncation, so they are holes already. */
export async function copyContent(
  content: Content,
  to: FileHandle,
  position: number,
  options: CopyOptions = {},
): Promise<void> {
  let at = position;
  for (const piece of content) {
    if (piece.kind === 'bytes') {
      options.hash?.update(piece.bytes);
      await writeAll(to, piece.bytes, at);
      options.onBytes?.(piece.bytes.length);
      at += piece.bytes.length;
    } else if (piece.kind === 'zeros') {
      if (options.hash) hashZeros(options.hash, piece.size);
      at += piece.size;
    } else {
      await copyFile(piece.path, piece.size, to, at, options);
      at += piece.size;
    }
  }
}

async function copyFile(
  path: string,
  size: number,
  to: FileHandle,
  position: number,
  options: CopyOptions,
): Promise<void> {
  const from = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(bufferSize, Math.max(size, 1)));
    let done = 0;
    while (done < size) {
      throwIfCancelled(options.signal);
      const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, size - done), done);
      if (bytesRead === 0) throw new ImageError('input-invalid', `${path} shrank while it was being read.`);
      const chunk = buffer.subarray(0, bytesRead);
      options.hash?.update(chunk);
      await writeAll(to, chunk, position + done);
      options.onBytes?.(bytesRead);
      done += bytesRead;
    }
  } finally {
    await from.close();
  }
}

async function writeAll(to: FileHandle, data: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < data.length; ) {
    const { bytesWritten } = await to.write(data, done, data.length - done, position + done);
    done += bytesWritten;
  }
}

function hashZeros(hash: Hash, size: number): void {
  for (let left = size; left > 0; left -= zeroBlock.length)
    hash.update(left >= zeroBlock.length ? zeroBlock : zeroBlock.subarray(0, left));
}
