// Small hand-made EFI programs: headers of a stub and of a kernel, for both architectures.

export interface PeOptions {
  readonly machine: number;
  /** Bytes of headers; section headers beyond them do not fit. */
  readonly headers?: number;
  readonly sections?: readonly string[];
  readonly signed?: boolean;
}

export const peMachine = { amd64: 0x8664, arm64: 0xaa64 };

export function smallPe({ machine, headers = 0x400, sections = ['.text'], signed = false }: PeOptions): Buffer {
  const out = Buffer.alloc(headers + 0x200 * sections.length);
  const pe = 0x80;
  const optional = pe + 24;
  out.write('MZ', 0, 'latin1');
  out.writeUInt32LE(pe, 0x3c);
  out.write('PE\0\0', pe, 'latin1');
  out.writeUInt16LE(machine, pe + 4);
  out.writeUInt16LE(sections.length, pe + 6);
  out.writeUInt16LE(240, pe + 20);
  out.writeUInt16LE(0x20b, optional);
  out.writeUInt32LE(0x1000, optional + 32);
  out.writeUInt32LE(0x200, optional + 36);
  out.writeUInt32LE(0x1000 * (sections.length + 1), optional + 56);
  out.writeUInt32LE(headers, optional + 60);
  out.writeUInt32LE(16, optional + 108);
  if (signed) out.writeUInt32LE(8, optional + 112 + 4 * 8 + 4);
  sections.forEach((name, index) => {
    const at = optional + 240 + 40 * index;
    out.write(name, at, 'latin1');
    out.writeUInt32LE(0x100, at + 8);
    out.writeUInt32LE(0x1000 * (index + 1), at + 12);
    out.writeUInt32LE(0x200, at + 16);
    out.writeUInt32LE(headers + 0x200 * index, at + 20);
  });
  return out;
}
