// The unified kernel image's sections, read by binutils if installed, and by this package.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { bytesContent } from '../../src/disk/content.ts';
import { readPeHeaders } from '../../src/disk/pe.ts';
import { unifiedKernelImage } from '../../src/disk/uki.ts';
import { peMachine, smallPe } from '../support/pe.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { runTool, testWithTools } from '../support/tools.ts';

const at = useScratchFolder();
const debianStub = '/usr/lib/systemd/boot/efi/linuxx64.efi.stub';

const parts = {
  '.osrel': 'ID=i2kit\n',
  '.cmdline': 'console=ttyS0',
  '.initrd': 'i'.repeat(70_001),
  '.linux': 'k'.repeat(513),
};

function assembled(stub: Buffer): Buffer {
  const content = unifiedKernelImage(
    stub,
    'the stub',
    Object.entries(parts).map(([name, text]) => ({ name, content: bytesContent(Buffer.from(text)) })),
  );
  return Buffer.concat(
    content.map((piece) =>
      piece.kind === 'bytes' ? piece.bytes : piece.kind === 'zeros' ? Buffer.alloc(piece.size) : Buffer.alloc(0),
    ),
  );
}

testWithTools('objdump')('sections hold their content, at addresses that do not overlap', () => {
  const stubs = [smallPe({ machine: peMachine.amd64 }), ...(existsSync(debianStub) ? [readFileSync(debianStub)] : [])];
  for (const stub of stubs) {
    const program = assembled(stub);
    const { sections, sectionAlignment, fileAlignment } = readPeHeaders(program, 'it');
    for (const [name, text] of Object.entries(parts)) {
      const section = sections.find((each) => each.name === name);
      if (!section) throw new Error(`no ${name}`);
      expect(program.toString('latin1', section.rawOffset, section.rawOffset + section.virtualSize)).toBe(text);
      expect([section.virtualAddress % sectionAlignment, section.rawOffset % fileAlignment]).toEqual([0, 0]);
    }
    const sorted = [...sections].sort((a, b) => a.virtualAddress - b.virtualAddress);
    sorted.slice(1).forEach((section, index) => {
      expect(section.virtualAddress).toBeGreaterThanOrEqual(
        (sorted[index]?.virtualAddress ?? 0) + (sorted[index]?.virtualSize ?? 0),
      );
    });
    expect(sections.at(-1)?.name).toBe('.linux');
    writeFileSync(at('uki.efi'), program);
    const seen = runTool('objdump', '-h', at('uki.efi'));
    expect(seen.code).toBe(0);
    for (const name of Object.keys(parts)) expect(seen.output).toMatch(new RegExp(`\\s\\${name}\\s`));
  }
});
