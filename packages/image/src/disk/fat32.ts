// A FAT32 file system that holds one file, /EFI/BOOT/<name> (Microsoft's "FAT: General Overview of On-Disk Format", 1.03).
import { ImageError } from '../errors.ts';
import { alignUp, bytes, type Content, padded, sizeOf } from './content.ts';
import { directory, fileEntry, folderEntry, labelEntry } from './fat-directory.ts';

const sector = 512;
const reserved = 32;
/** Fewer clusters than 65,525 would make it FAT16 by definition; some firmware counts. */
const fewestClusters = 65_600;
const mostClusters = 2 ** 19;
const endOfChain = 0x0fffffff;
/** Clusters of the root, EFI and BOOT folders; the file begins behind them. */
const folders = { root: 2, efi: 3, boot: 4 };
const firstOfFile = 5;

export interface FatOptions {
  /** 8.3 name, padded and without the dot: `BOOTX64 EFI`. */
  readonly name: string;
  readonly content: Content;
  /** Sectors that precede it on the disk. */
  readonly hidden: number;
  /** The whole is made a multiple of it; in bytes. */
  readonly alignment: number;
}

export interface FatImage {
  readonly size: number;
  /** All but the boot sector and its copy, which hold the volume id. */
  readonly content: Content;
  /** The first `32` sectors; the id usually follows from the file's digest, which is known last. */
  reservedSectors(volumeId: number): Buffer;
}

export function fatImage({ name, content, hidden, alignment }: FatOptions): FatImage {
  const length = sizeOf(content);
  if (length > 0xffffffff) throw new ImageError('input-invalid', 'The boot file is over 4 GiB, which FAT32 cannot hold.');
  let perCluster = 1;
  while (length / (sector * perCluster) > mostClusters) perCluster *= 2;
  const cluster = sector * perCluster;
  const ofFile = Math.ceil(length / cluster);
  const wanted = Math.max(fewestClusters, ofFile + firstOfFile);
  const fatSectors = Math.ceil(((wanted + firstOfFile + alignment / cluster) * 4) / sector);
  const size = alignUp((reserved + 2 * fatSectors + wanted * perCluster) * sector, alignment);
  const clusters = Math.floor((size / sector - reserved - 2 * fatSectors) / perCluster);
  const fat = Buffer.alloc(fatSectors * sector);
  [0x0ffffff8, endOfChain, endOfChain, endOfChain, endOfChain].forEach((value, index) => {
    fat.writeUInt32LE(value, index * 4);
  });
  for (let index = 0; index < ofFile; index++) {
    fat.writeUInt32LE(index === ofFile - 1 ? endOfChain : firstOfFile + index + 1, (firstOfFile + index) * 4);
  }
  const tree = [
    directory(cluster, [labelEntry('ESP'), folderEntry('EFI', folders.efi)]),
    directory(cluster, [folderEntry('.', folders.efi), folderEntry('..', 0), folderEntry('BOOT', folders.boot)]),
    directory(cluster, [
      folderEntry('.', folders.boot),
      folderEntry('..', folders.efi),
      fileEntry(name, ofFile > 0 ? firstOfFile : 0, length),
    ]),
  ];
  const used = 3 + ofFile;
  return {
    size,
    content: padded([...bytes(fat), ...bytes(fat), ...tree.flatMap(bytes), ...content], cluster),
    reservedSectors: (volumeId) => {
      const boot = bootSector({ perCluster, hidden, sectors: size / sector, fatSectors, volumeId });
      const info = informationSector(clusters - used, firstOfFile + ofFile);
      const out = Buffer.alloc(reserved * sector);
      // The copy at sector 6 is where the boot sector says that it is.
      for (const at of [0, 6]) Buffer.concat([boot, info]).copy(out, at * sector);
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
  const out = Buffer.alloc(sector);
  out.write('\xeb\x58\x90MSWIN4.1', 0, 'latin1');
  out.writeUInt16LE(sector, 11);
  out.writeUInt8(perCluster, 13);
  out.writeUInt16LE(reserved, 14);
  out.writeUInt8(2, 16);
  out.writeUInt8(0xf8, 21);
  out.writeUInt16LE(63, 24);
  out.writeUInt16LE(255, 26);
  out.writeUInt32LE(hidden, 28);
  out.writeUInt32LE(sectors, 32);
  out.writeUInt32LE(fatSectors, 36);
  out.writeUInt32LE(folders.root, 44);
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
  const out = Buffer.alloc(sector);
  out.write('RRaA', 0, 'latin1');
  out.write('rrAa', 484, 'latin1');
  out.writeUInt32LE(free, 488);
  out.writeUInt32LE(next, 492);
  out.writeUInt16LE(0xaa55, 510);
  return out;
}
