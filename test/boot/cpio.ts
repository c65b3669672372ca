// Writes a cpio archive (format "newc") of a folder, as the kernel takes an initrd, without a tool.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function cpioArchiveOf(folder: string): Buffer {
  const names = (readdirSync(folder, { recursive: true }) as string[]).sort();
  const parts = names.map((name, index) => {
    const info = lstatSync(join(folder, name));
    return member(name, index + 1, info.mode, info.isDirectory() ? Buffer.alloc(0) : readFileSync(join(folder, name)));
  });
  return Buffer.concat([...parts, member('TRAILER!!!', 0, 0, Buffer.alloc(0))]);
}

function member(name: string, inode: number, mode: number, data: Buffer): Buffer {
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length + 1, 0];
  const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`);
  return Buffer.concat([padded(head), padded(data)]);
}

const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
