// Reads a kernel and a stub, and refuses those that could not boot the machine.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Architecture, architectures } from '../architecture.ts';
import { ImageError } from '../errors.ts';
import { readPe } from './pe.ts';

/** More than any kernel has; a bound for what a gzip may unfold to. */
const largestKernel = 2 ** 28;

/** An EFI kernel; for arm64, kernels are usually `Image.gz`, which firmware cannot start, so it is unpacked. */
export async function readKernel(path: string, architecture: Architecture): Promise<Buffer> {
  const raw = await readFile(path);
  const data = raw[0] === 0x1f && raw[1] === 0x8b ? await unpacked(raw, path) : raw;
  ofArchitecture(data, `The kernel ${path}`, architecture);
  return data;
}

export async function readStub(path: string, architecture: Architecture): Promise<Buffer> {
  const data = await readFile(path);
  ofArchitecture(data, `The EFI stub ${path}`, architecture);
  return data;
}

async function unpacked(raw: Buffer, path: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(raw, { maxOutputLength: largestKernel });
  } catch (error) {
    throw new ImageError('input-invalid', `The kernel ${path} is gzip that cannot be unpacked.`, { cause: error });
  }
}

function ofArchitecture(data: Buffer, what: string, architecture: Architecture): void {
  const { machine } = readPe(data, what);
  if (machine !== architectures[architecture].peMachine) {
    throw new ImageError('input-invalid', `${what} is not for ${architecture} (its machine type is 0x${machine.toString(16)}).`);
  }
}
