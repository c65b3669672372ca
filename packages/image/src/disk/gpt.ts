// A GUID partition table (UEFI 2.10, chapter 5): its sectors, its GUIDs and its checksum.

import { createHash } from 'node:crypto';

export const sectorSize = 512;
/** Partitions start and end on whole MiB, as partitioning tools do it. */
export const alignment = 2 ** 20;
const entryCount = 128;
const entrySize = 128;
const tableSectors = (entryCount * entrySize) / sectorSize;

export interface Partition {
  /** At most 36 UTF-16 units. */
  readonly name: string;
  /** Type, as a GUID's text. */
  readonly type: string;
  readonly guid: string;
  /** Byte offset, a multiple of `alignment`. */
  readonly start: number;
  /** Bytes, a multiple of `sectorSize`. */
  readonly size: number;
}

/** The first 34 sectors, and the last 33. `diskSize` is in bytes. */
export function partitionTables(
  diskGuid: string,
  diskSize: number,
  partitions: readonly Partition[],
): { head: Buffer; tail: Buffer } {
  const entries = Buffer.alloc(entryCount * entrySize);
  partitions.forEach((partition, index) => {
    partitionEntry(partition).copy(entries, index * entrySize);
  });
  const last = diskSize / sectorSize - 1;
  const backupTable = last - tableSectors;
  const primary = gptHeader({ own: 1, other: last, table: 2, last, diskGuid, entries });
  const backup = gptHeader({ own: last, other: 1, table: backupTable, last, diskGuid, entries });
  return { head: Buffer.concat([protectiveMbr(last), primary, entries]), tail: Buffer.concat([entries, backup]) };
}

function partitionEntry(partition: Partition): Buffer {
  const out = Buffer.alloc(entrySize);
  guidBytes(partition.type).copy(out, 0);
  guidBytes(partition.guid).copy(out, 16);
  out.writeBigUInt64LE(BigInt(partition.start / sectorSize), 32);
  out.writeBigUInt64LE(BigInt((partition.start + partition.size) / sectorSize - 1), 40);
  out.write(partition.name, 56, 72, 'utf16le');
  return out;
}

interface HeaderFields {
  readonly own: number;
  readonly other: number;
  readonly table: number;
  readonly last: number;
  readonly diskGuid: string;
  readonly entries: Buffer;
}

function gptHeader({ own, other, table, last, diskGuid, entries }: HeaderFields): Buffer {
  const headerSize = 92;
  const out = Buffer.alloc(sectorSize);
  out.write('EFI PART', 0, 'latin1');
  out.writeUInt32LE(0x00010000, 8);
  out.writeUInt32LE(headerSize, 12);
  out.writeBigUInt64LE(BigInt(own), 24);
  out.writeBigUInt64LE(BigInt(other), 32);
  out.writeBigUInt64LE(BigInt(2 + tableSectors), 40);
  out.writeBigUInt64LE(BigInt(last - tableSectors - 1), 48);
  guidBytes(diskGuid).copy(out, 56);
  out.writeBigUInt64LE(BigInt(table), 72);
  out.writeUInt32LE(entryCount, 80);
  out.writeUInt32LE(entrySize, 84);
  out.writeUInt32LE(crc32(entries), 88);
  // The header's checksum is computed with its own field set to zero.
  out.writeUInt32LE(crc32(out.subarray(0, headerSize)), 16);
  return out;
}

/** One partition of type 0xEE over the whole disk, for tools without GPT support. */
function protectiveMbr(last: number): Buffer {
  const out = Buffer.alloc(sectorSize);
  const at = 446;
  out.writeUIntBE(0x000200, at + 1, 3);
  out.writeUInt8(0xee, at + 4);
  out.writeUIntBE(0xffffff, at + 5, 3);
  out.writeUInt32LE(1, at + 8);
  out.writeUInt32LE(Math.min(last, 0xffffffff), at + 12);
  out.writeUInt16LE(0xaa55, 510);
  return out;
}

/**
 * GUIDs derived from content, so that the same content gives the same disk. A version 8 UUID (RFC 9562, 5.8) derived
 * by SHA-256 from a purpose and a hexadecimal digest.
 */
export function contentGuid(purpose: string, digest: string): string {
  const hash = createHash('sha256').update(`i2kit ${purpose}\n${digest}`).digest().subarray(0, 16);
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x80;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** As GPT stores it: the first three groups little-endian (UEFI 2.10, appendix A). */
export function guidBytes(guid: string): Buffer {
  const raw = Buffer.from(guid.replaceAll('-', ''), 'hex');
  raw.subarray(0, 4).reverse();
  raw.subarray(4, 6).reverse();
  raw.subarray(6, 8).reverse();
  return raw;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as in GPT (the polynomial of IEEE 802.3); the oldest supported Node.js has no zlib.crc32. */
export function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
