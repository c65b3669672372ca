// A GUID partition table (UEFI 2.10, chapter 5): the sectors that stand before and behind the partitions.
import { crc32 } from './crc32.ts';
import { guidBytes } from './guid.ts';

export const sectorSize = 512;
/** Partitions begin and end on whole MiB, as all tools lay them out. */
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
export function partitionTables(diskGuid: string, diskSize: number, partitions: readonly Partition[]): { head: Buffer; tail: Buffer } {
  const entries = Buffer.alloc(entryCount * entrySize);
  partitions.forEach((partition, index) => {
    entry(partition).copy(entries, index * entrySize);
  });
  const last = diskSize / sectorSize - 1;
  const backupTable = last - tableSectors;
  const primary = header({ own: 1, other: last, table: 2, last, diskGuid, entries });
  const backup = header({ own: last, other: 1, table: backupTable, last, diskGuid, entries });
  return { head: Buffer.concat([protectiveMbr(last), primary, entries]), tail: Buffer.concat([entries, backup]) };
}

function entry(partition: Partition): Buffer {
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

function header({ own, other, table, last, diskGuid, entries }: HeaderFields): Buffer {
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
  // The header's own sum is taken while its field is zero.
  out.writeUInt32LE(crc32(out.subarray(0, headerSize)), 16);
  return out;
}

/** One partition of type 0xEE over the whole disk, for tools that know no GPT. */
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
