// The EFI partition: reads and checks stub, kernel and initrd, and combines them with a command line.

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Architecture, architectures } from '../architecture.ts';
import { ImageError } from '../errors.ts';
import { bytesContent, type Content, fileContent } from './content.ts';
import { type FatImage, fatImage } from './fat32.ts';
import { alignment, sectorSize } from './gpt.ts';
import { readPeHeaders } from './pe.ts';
import { unifiedKernelImage } from './uki.ts';

const osRelease = 'ID=i2kit\nNAME="i2kit"\nPRETTY_NAME="i2kit"\n';

export interface BootInputs {
  readonly architecture: Architecture;
  /** Paths. */
  readonly stub: string;
  readonly kernel: string;
  readonly initrd?: string;
}

/** Reads the inputs once; the returned function makes the partition for a command line. */
export async function loadBootPartition(inputs: BootInputs): Promise<(cmdline: string) => FatImage> {
  const { architecture } = inputs;
  const [stub, kernel] = await Promise.all([
    readStub(inputs.stub, architecture),
    readKernel(inputs.kernel, architecture),
  ]);
  const initrd = inputs.initrd === undefined ? undefined : await fileContent(inputs.initrd);
  const program = (cmdline: string): Content =>
    unifiedKernelImage(stub, `The EFI stub ${inputs.stub}`, [
      { name: '.osrel', content: bytesContent(Buffer.from(osRelease)) },
      { name: '.cmdline', content: bytesContent(Buffer.from(cmdline)) },
      ...(initrd ? [{ name: '.initrd', content: initrd }] : []),
      // Last, so that a kernel which decompresses in place overwrites no other section.
      { name: '.linux', content: bytesContent(kernel) },
    ]);
  const name = architectures[architecture].bootFile;
  return (cmdline) => fatImage({ name, content: program(cmdline), hidden: alignment / sectorSize, alignment });
}

/** Larger than any kernel; limits the output of gzip. */
const maxKernelBytes = 2 ** 28;

/**
 * Reads a kernel and a stub, and rejects those that cannot boot the machine. An EFI kernel. Kernels for arm64 are
 * usually `Image.gz`, which firmware cannot start, so it is decompressed.
 */
export async function readKernel(path: string, architecture: Architecture): Promise<Buffer> {
  const raw = await readFile(path);
  const data = raw[0] === 0x1f && raw[1] === 0x8b ? await gunzipKernel(raw, path) : raw;
  checkArchitecture(data, `The kernel ${path}`, architecture);
  return data;
}

export async function readStub(path: string, architecture: Architecture): Promise<Buffer> {
  const data = await readFile(path);
  checkArchitecture(data, `The EFI stub ${path}`, architecture);
  return data;
}

async function gunzipKernel(raw: Buffer, path: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(raw, { maxOutputLength: maxKernelBytes });
  } catch (error) {
    throw new ImageError('input-invalid', `The kernel ${path} is a damaged gzip file.`, { cause: error });
  }
}

function checkArchitecture(data: Buffer, what: string, architecture: Architecture): void {
  const { machine } = readPeHeaders(data, what);
  if (machine !== architectures[architecture].peMachine) {
    throw new ImageError(
      'input-invalid',
      `${what} is not built for ${architecture} (its machine type is 0x${machine.toString(16)}).`,
    );
  }
}
