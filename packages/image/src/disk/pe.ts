// Parses the headers of an EFI program, as far as adding sections needs them (Microsoft's "PE Format").
import { withoutTrailing } from '@i2kit/common';
import { ImageError } from '../errors.ts';

export const sectionHeaderSize = 40;

export interface PeSection {
  readonly name: string;
  /** Size of its content without padding, in bytes. */
  readonly virtualSize: number;
  readonly virtualAddress: number;
  readonly rawSize: number;
  readonly rawOffset: number;
}

export interface PeHeaders {
  readonly machine: number;
  readonly sections: readonly PeSection[];
  readonly sectionAlignment: number;
  readonly fileAlignment: number;
  readonly headersSize: number;
  /** True if it carries a signature, which added sections would break. */
  readonly signed: boolean;
  /** Offsets of fields that change when sections are added. */
  readonly fieldOffsets: {
    readonly sectionCount: number;
    readonly initializedSize: number;
    readonly imageSize: number;
    readonly checksum: number;
    readonly table: number;
  };
}

/** `what` names the file in errors; `data` must contain the headers, the rest is optional. */
export function readPeHeaders(data: Buffer, what: string): PeHeaders {
  const fail = (why: string): never => {
    throw new ImageError('input-invalid', `${what} is not an EFI program: ${why}.`);
  };
  if (data.length < 0x40 || data.toString('latin1', 0, 2) !== 'MZ') fail('it does not begin with MZ');
  const pe = data.readUInt32LE(0x3c);
  const optional = pe + 24;
  if (pe + 24 + 112 > data.length || data.toString('latin1', pe, pe + 4) !== 'PE\0\0') fail('it has no PE header');
  if (data.readUInt16LE(optional) !== 0x20b) fail('it is not 64-bit');
  const count = data.readUInt16LE(pe + 6);
  const table = optional + data.readUInt16LE(pe + 20);
  if (table + count * sectionHeaderSize > data.length) fail('its section table is truncated');
  const directories = data.readUInt32LE(optional + 108);
  return {
    machine: data.readUInt16LE(pe + 4),
    sections: Array.from({ length: count }, (_, index) => readSection(data, table + index * sectionHeaderSize)),
    sectionAlignment: data.readUInt32LE(optional + 32),
    fileAlignment: data.readUInt32LE(optional + 36),
    headersSize: data.readUInt32LE(optional + 60),
    signed: directories > 4 && data.readUInt32LE(optional + 112 + 4 * 8 + 4) > 0,
    fieldOffsets: {
      sectionCount: pe + 6,
      initializedSize: optional + 8,
      imageSize: optional + 56,
      checksum: optional + 64,
      table,
    },
  };
}

const readSection = (data: Buffer, at: number): PeSection => ({
  name: withoutTrailing(data.toString('latin1', at, at + 8), '\0'),
  virtualSize: data.readUInt32LE(at + 8),
  virtualAddress: data.readUInt32LE(at + 12),
  rawSize: data.readUInt32LE(at + 16),
  rawOffset: data.readUInt32LE(at + 20),
});
