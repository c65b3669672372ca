// A unified kernel image: systemd's EFI stub with kernel, initrd and command line as sections (the UAPI group's specification).
import { ImageError } from '../errors.ts';
import { alignUp, bytesContent, type Content, contentSize, paddedContent, zeroContent } from './content.ts';
import { readPeHeaders, sectionHeaderSize } from './pe.ts';

/** Initialized, readable data: a stub reads its sections and never runs them in place. */
const sectionCharacteristics = 0x40000040;

export interface UkiSection {
  /** At most 8 characters, e.g. `.linux`. */
  readonly name: string;
  readonly content: Content;
}

/** `what` names the stub in errors. Parts keep the given order; the kernel's should be the last. */
export function unifiedKernelImage(stub: Buffer, what: string, parts: readonly UkiSection[]): Content {
  const pe = readPeHeaders(stub, what);
  const taken = parts.find((part) => pe.sections.some((section) => section.name === part.name));
  if (taken)
    throw new ImageError('input-invalid', `${what} already has a section ${taken.name}: it is not a plain stub.`);
  if (pe.signed)
    throw new ImageError('input-invalid', `${what} is signed, and adding a kernel would break its signature.`);
  const total = pe.sections.length + parts.length;
  const room = Math.min(
    pe.headersSize,
    ...pe.sections.filter((section) => section.rawSize > 0).map((section) => section.rawOffset),
  );
  if (pe.fieldOffsets.table + total * sectionHeaderSize > room) {
    throw new ImageError('input-invalid', `${what} has no room for ${parts.length} more section headers.`);
  }
  const head = Buffer.from(stub);
  let offset = alignUp(stub.length, pe.fileAlignment);
  let address = alignUp(
    Math.max(0, ...pe.sections.map((section) => section.virtualAddress + section.virtualSize)),
    pe.sectionAlignment,
  );
  let initialized = stub.readUInt32LE(pe.fieldOffsets.initializedSize);
  const body: Content[] = [zeroContent(offset - stub.length)];
  parts.forEach(({ name, content }, index) => {
    const size = contentSize(content);
    const raw = alignUp(size, pe.fileAlignment);
    const at = pe.fieldOffsets.table + (pe.sections.length + index) * sectionHeaderSize;
    head.fill(0, at, at + sectionHeaderSize);
    head.write(name, at, 8, 'latin1');
    for (const [field, value] of [
      [8, size],
      [12, address],
      [16, raw],
      [20, offset],
      [36, sectionCharacteristics],
    ] as const)
      head.writeUInt32LE(value, at + field);
    body.push(paddedContent(content, pe.fileAlignment));
    offset += raw;
    initialized += raw;
    address = alignUp(address + Math.max(size, 1), pe.sectionAlignment);
  });
  if (address > 0xffffffff) throw new ImageError('input-invalid', 'Kernel and initrd together are over 4 GiB.');
  head.writeUInt16LE(total, pe.fieldOffsets.sectionCount);
  head.writeUInt32LE(initialized, pe.fieldOffsets.initializedSize);
  head.writeUInt32LE(address, pe.fieldOffsets.imageSize);
  head.writeUInt32LE(0, pe.fieldOffsets.checksum);
  return [...bytesContent(head), ...body.flat()];
}
