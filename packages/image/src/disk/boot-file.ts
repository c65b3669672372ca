// The EFI partition's content for a command line: stub, kernel and initrd, joined and put into a file system.
import { type Architecture, architectures } from '../architecture.ts';
import { bytes, type Content, file } from './content.ts';
import { type FatImage, fatImage } from './fat32.ts';
import { alignment, sectorSize } from './gpt.ts';
import { readKernel, readStub } from './kernel.ts';
import { unifiedKernel } from './uki.ts';

const osRelease = 'ID=i2kit\nNAME="i2kit"\nPRETTY_NAME="i2kit"\n';

export interface BootInputs {
  readonly architecture: Architecture;
  /** Paths. */
  readonly stub: string;
  readonly kernel: string;
  readonly initrd?: string;
}

/** Reads the inputs once; what it gives makes the partition for one command line after another. */
export async function bootPartition(inputs: BootInputs): Promise<(cmdline: string) => FatImage> {
  const { architecture } = inputs;
  const [stub, kernel] = await Promise.all([readStub(inputs.stub, architecture), readKernel(inputs.kernel, architecture)]);
  const initrd = inputs.initrd === undefined ? undefined : await file(inputs.initrd);
  const program = (cmdline: string): Content =>
    unifiedKernel(stub, `The EFI stub ${inputs.stub}`, [
      { name: '.osrel', content: bytes(Buffer.from(osRelease)) },
      { name: '.cmdline', content: bytes(Buffer.from(cmdline)) },
      ...(initrd ? [{ name: '.initrd', content: initrd }] : []),
      // Last, so that a kernel which unfolds where it lies has nothing behind it.
      { name: '.linux', content: bytes(kernel) },
    ]);
  const name = architectures[architecture].bootFile;
  return (cmdline) => fatImage({ name, content: program(cmdline), hidden: alignment / sectorSize, alignment });
}
