// A FAT32 file system that holds one file, /EFI/BOOT/<name> (Microsoft, "FAT: General Overview of On-Disk Format",
// 1.03).

import { ImageError } from '../errors.ts';
import { alignUp, bytesContent, type Content, contentSize, paddedContent } from './content.ts';

const bytesPerSector = 512;
const reservedSectorCount = 32;
/** With fewer than 65,525 clusters it would be FAT16 by definition; some firmware counts them. */
const minClusters = 65_600;
const maxFileClusters = 2 ** 19;
const endOfChain = 0x0fffffff;
/** Clusters of the root, EFI and BOOT folders; the file follows them. */
const folderClusters = { root: 2, efi: 3, boot: 4 };
const firstFileCluster = 5;

export interface FatOptions {
  /** 8.3 name, padded and without the dot: `BOOTX64 EFI`. */
  readonly name: string;
  readonly content: Content;
  /** Sectors that precede it on the disk. */
  readonly hidden: number;
  /** The size is rounded up to a multiple of this; in bytes. */
  readonly alignment: number;
}

export interface FatImage {
  readonly size: number;
  /** All sectors except the boot sector and its copy, which hold the volume id. */
  readonly content: Content;
  /** The first `32` sectors; the id usually derives from the file's digest, which is known last. */
  reservedSectors(volumeId: number): Buffer;
}

export function fatImage({ name, content, hidden, alignment }: FatOptions): FatImage {
  const length = contentSize(content);
  if (length > 0xffffffff)
    throw new ImageError('input-invalid', 'The boot file is over 4 GiB, which FAT32 cannot hold.');
  let perCluster = 1;
  while (length / (bytesPerSector * perCluster) > maxFileClusters) perCluster *= 2;
  const cluster = bytesPerSector * perCluster;
  const ofFile = Math.ceil(length / cluster);
  const wanted = Math.max(minClusters, ofFile + firstFileCluster);
  const fatSectors = Math.ceil(((wanted + firstFileCluster + alignment / cluster) * 4) / bytesPerSector);
  const size = alignUp((reservedSectorCount + 2 * fatSectors + wanted * perCluster) * bytesPerSector, alignment);
  const clusters = Math.floor((size / bytesPerSector - reservedSectorCount - 2 * fatSectors) / perCluster);
  const fat = Buffer.alloc(fatSectors * bytesPerSector);
  [0x0ffffff8, endOfChain, endOfChain, endOfChain, endOfChain].forEach((value, index) => {
    fat.writeUInt32LE(value, index * 4);
  });
  for (let index = 0; index < ofFile; index++) {
    fat.writeUInt32LE(index === ofFile - 1 ? endOfChain : firstFileCluster + index + 1, (firstFileCluster + index) * 4);
  }
  const tree = [
    directoryCluster(cluster, [labelEntry('ESP'), folderEntry('EFI', folderClusters.efi)]),
    directoryCluster(cluster, [
      folderEntry('.', folderClusters.efi),
      folderEntry('..', 0),
      folderEntry('BOOT', folderClusters.boot),
    ]),
    directoryCluster(cluster, [
      folderEntry('.', folderClusters.boot),
      folderEntry('..', folderClusters.efi),
      fileEntry(name, ofFile > 0 ? firstFileCluster : 0, length),
    ]),
  ];
  const used = 3 + ofFile;
  return {
    size,
    content: paddedContent(
      [...bytesContent(fat), ...bytesContent(fat), ...tree.flatMap(bytesContent), ...content],
      cluster,
    ),
    reservedSectors: (volumeId) => {
      const boot = bootSector({ perCluster, hidden, sectors: size / bytesPerSector, fatSectors, volumeId });
      const info = informationSector(clusters - used, firstFileCluster + ofFile);
      const out = Buffer.alloc(reservedSectorCount * bytesPerSector);
      // The boot sector names sector 6 as the place of its copy.
      for (const at of [0, 6]) Buffer.concat([boot, info]).copy(out, at * bytesPerSector);
      return out;
    },
  };
}

interface BootFields {
  readonly perCluster: number;
  readonly hidden: number;
  readonly sectors: number;
  readonly fatSectors: number;
  readonly volumeId: number;
}

function bootSector({ perCluster, hidden, sectors, fatSectors, volumeId }: BootFields): Buffer {
  const out = Buffer.alloc(bytesPerSector);
  out.write('\xeb\x58\x90MSWIN4.1', 0, 'latin1');
  out.writeUInt16LE(bytesPerSector, 11);
  out.writeUInt8(perCluster, 13);
  out.writeUInt16LE(reservedSectorCount, 14);
  out.writeUInt8(2, 16);
  out.writeUInt8(0xf8, 21);
  out.writeUInt16LE(63, 24);
  out.writeUInt16LE(255, 26);
  out.writeUInt32LE(hidden, 28);
  out.writeUInt32LE(sectors, 32);
  out.writeUInt32LE(fatSectors, 36);
  out.writeUInt32LE(folderClusters.root, 44);
  out.writeUInt16LE(1, 48);
  out.writeUInt16LE(6, 50);
  out.writeUInt8(0x80, 64);
  out.writeUInt8(0x29, 66);
  out.writeUInt32LE(volumeId, 67);
  out.write('ESP        FAT32   ', 71, 'latin1');
  out.writeUInt16LE(0xaa55, 510);
  return out;
}

function informationSector(free: number, next: number): Buffer {
  const out = Buffer.alloc(bytesPerSector);
  out.write('RRaA', 0, 'latin1');
  out.write('rrAa', 484, 'latin1');
  out.writeUInt32LE(free, 488);
  out.writeUInt32LE(next, 492);
  out.writeUInt16LE(0xaa55, 510);
  return out;
}

const entrySize = 32;
/** 1 January 1980, the first date of FAT. */
const fixedDate = 0x0021;
const fileAttribute = { label: 0x08, folder: 0x10, archive: 0x20 };

/** FAT's directory entries: 32 bytes each, with one fixed date, so that the same files give the same bytes. */
export const labelEntry = (name: string): Buffer => directoryEntry(name, fileAttribute.label, 0, 0);
export const folderEntry = (name: string, cluster: number): Buffer =>
  directoryEntry(name, fileAttribute.folder, cluster, 0);
/** `size` in bytes; `cluster` is 0 for an empty file. */
export const fileEntry = (name: string, cluster: number, size: number): Buffer =>
  directoryEntry(name, fileAttribute.archive, cluster, size);

/** The single cluster of a folder, `size` bytes long. */
export function directoryCluster(size: number, entries: readonly Buffer[]): Buffer {
  const out = Buffer.alloc(size);
  Buffer.concat(entries).copy(out);
  return out;
}

function directoryEntry(name: string, attributes: number, cluster: number, size: number): Buffer {
  const out = Buffer.alloc(entrySize);
  out.write(name.padEnd(11), 0, 11, 'latin1');
  out.writeUInt8(attributes, 11);
  for (const at of [16, 18, 24]) out.writeUInt16LE(fixedDate, at);
  out.writeUInt16LE(cluster >>> 16, 20);
  out.writeUInt16LE(cluster & 0xffff, 26);
  out.writeUInt32LE(size, 28);
  return out;
}
