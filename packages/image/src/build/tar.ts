// Reads a tar archive's table without reading its data (POSIX pax, and GNU's long names).
import { type FileHandle, open } from 'node:fs/promises';
import { withoutTrailing } from '@i2kit/common';
import { ImageError } from '../errors.ts';

const recordSize = 512;

export interface TarEntry {
  /** Without leading `./` or `/`, and without trailing `/`. */
  readonly name: string;
  /** `0` is a file, `5` a folder, `2` a link … */
  readonly type: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Offsets in the archive: of the entry's headers; of its data; of the end of its padding. */
  readonly start: number;
  readonly data: number;
  readonly end: number;
}

/** Throws `input-invalid` if the file is not a tar archive, or is truncated. */
export async function readTar(path: string): Promise<readonly TarEntry[]> {
  const fail = (why: string): never => {
    throw new ImageError('input-invalid', `${path} is not a complete tar archive: ${why}.`);
  };
  const handle = await open(path, 'r');
  try {
    const { size: length } = await handle.stat();
    const entries: TarEntry[] = [];
    let next: { name?: string; size?: number; mtime?: number } = {};
    let start = 0;
    for (let at = 0; ; ) {
      const header = await readBytes(handle, at, recordSize);
      if (header.length < recordSize) return fail('the end marker is missing');
      if (header.every((byte) => byte === 0)) return entries;
      if (!hasValidChecksum(header)) fail(`the block at ${at} is not a header`);
      const type = String.fromCharCode(header[156] || 0x30);
      const extension = 'xgLK'.includes(type);
      const size = (extension ? undefined : next.size) ?? numberField(header, 124, 12);
      const end = at + recordSize + Math.ceil(size / recordSize) * recordSize;
      if (end > length) fail('it is truncated');
      if (extension) {
        const text = (await readBytes(handle, at + recordSize, size)).toString('utf8');
        if (type === 'x') next = { ...next, ...paxFields(text) };
        if (type === 'L') next = { ...next, name: text.replace(/\0.*$/s, '') };
      } else {
        const name = withoutTrailing((next.name ?? entryName(header)).replace(/^(\.?\/)+/, ''), '/');
        entries.push({
          name,
          type,
          size,
          mtime: Math.floor(next.mtime ?? numberField(header, 136, 12)),
          start,
          data: at + recordSize,
          end,
        });
        next = {};
        start = end;
      }
      at = end;
    }
  } finally {
    await handle.close();
  }
}

/** A file's bytes; the caller knows that it is small enough. */
export async function readEntry(path: string, entry: TarEntry): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    return await readBytes(handle, entry.data, entry.size);
  } finally {
    await handle.close();
  }
}

async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const textField = (header: Buffer, at: number, length: number): string =>
  header.toString('utf8', at, at + length).replace(/\0.*$/s, '');

function entryName(header: Buffer): string {
  const prefix =
    header.toString('latin1', 257, 262) === 'ustar' && header[262] === 0 ? textField(header, 345, 155) : '';
  return prefix === '' ? textField(header, 0, 100) : `${prefix}/${textField(header, 0, 100)}`;
}

/** Octal, or GNU's base 256 if the first bit is set. */
function numberField(header: Buffer, at: number, length: number): number {
  if (((header[at] ?? 0) & 0x80) === 0) return Number.parseInt(textField(header, at, length).trim() || '0', 8);
  return Number(BigInt(`0x${header.subarray(at + 1, at + length).toString('hex')}`));
}

function hasValidChecksum(header: Buffer): boolean {
  let sum = 8 * 0x20;
  for (let index = 0; index < recordSize; index++) if (index < 148 || index >= 156) sum += header[index] ?? 0;
  return sum === numberField(header, 148, 8);
}

/** `<length> <key>=<value>\n`; the length counts bytes. */
function paxFields(text: string): { name?: string; size?: number; mtime?: number } {
  const fields: { name?: string; size?: number; mtime?: number } = {};
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    const space = rest.indexOf(0x20);
    const length = Number(rest.toString('latin1', 0, Math.max(space, 0)));
    if (space < 1 || !(length > space)) break;
    const [key = '', ...value] = rest.toString('utf8', space + 1, length - 1).split('=');
    const said = value.join('=');
    if (key === 'path') fields.name = said;
    if (key === 'size') fields.size = Number(said);
    if (key === 'mtime') fields.mtime = Number(said);
    rest = rest.subarray(length);
  }
  return fields;
}
