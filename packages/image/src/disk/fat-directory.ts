// FAT's directory entries: 32 bytes each, with one fixed date, so that the same files give the same bytes.
const entrySize = 32;
/** 1 January 1980, the first day that FAT knows. */
const date = 0x0021;
const attribute = { label: 0x08, folder: 0x10, archive: 0x20 };

export const labelEntry = (name: string): Buffer => entry(name, attribute.label, 0, 0);
export const folderEntry = (name: string, cluster: number): Buffer => entry(name, attribute.folder, cluster, 0);
/** `size` in bytes; `cluster` is 0 for an empty file. */
export const fileEntry = (name: string, cluster: number, size: number): Buffer => entry(name, attribute.archive, cluster, size);

/** A folder's one cluster, of `size` bytes. */
export function directory(size: number, entries: readonly Buffer[]): Buffer {
  const out = Buffer.alloc(size);
  Buffer.concat(entries).copy(out);
  return out;
}

function entry(name: string, attributes: number, cluster: number, size: number): Buffer {
  const out = Buffer.alloc(entrySize);
  out.write(name.padEnd(11), 0, 11, 'latin1');
  out.writeUInt8(attributes, 11);
  for (const at of [16, 18, 24]) out.writeUInt16LE(date, at);
  out.writeUInt16LE(cluster >>> 16, 20);
  out.writeUInt16LE(cluster & 0xffff, 26);
  out.writeUInt32LE(size, 28);
  return out;
}
