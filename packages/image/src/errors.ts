// The expected errors of this package; any other thrown error is a bug.
import { I2kitError, systemCode } from '@i2kit/common';

/**
 * - `input-invalid`: an input file is not valid (a stub, a kernel, a squashfs)
 * - `disk-full`: no space left to write a file
 * - `tool-missing`, `tool-version`, `tool-failed`: linuxkit, mksquashfs or a credential helper
 * - `reference-invalid`: an image reference with a syntax error
 * - `registry-denied`, `registry-absent`, `registry-busy`, `registry-unreachable`, `registry-answer`: a registry refused, or its response is unusable
 * - `platform-absent`: the image does not exist for the machine's architecture
 * - `credentials-unreadable`: Docker's configuration cannot be read
 * - `unlocked`: a required digest is missing in the lock
 * - `import-denied`, `import-conflict`, `import-failed`, `import-timeout`: AWS refused the import of an image, or it failed
 * - `cancelled`: the caller's signal was aborted
 */
export type ImageErrorCode =
  | 'input-invalid'
  | 'disk-full'
  | 'tool-missing'
  | 'tool-version'
  | 'tool-failed'
  | 'reference-invalid'
  | 'registry-denied'
  | 'registry-absent'
  | 'registry-busy'
  | 'registry-unreachable'
  | 'registry-answer'
  | 'platform-absent'
  | 'credentials-unreadable'
  | 'unlocked'
  | 'import-denied'
  | 'import-conflict'
  | 'import-failed'
  | 'import-timeout'
  | 'cancelled';

export class ImageError extends I2kitError<ImageErrorCode> {
  override readonly name = 'ImageError';
}

/** True for an error of this package, and of `code` if one is given. */
export const isImageError = (error: unknown, code?: ImageErrorCode): error is ImageError =>
  error instanceof ImageError && (code === undefined || error.code === code);

/** Turns the error of a failed write into `disk-full` if that is its cause. */
export function writeErrorOf(error: unknown, path: string, bytes?: number): unknown {
  const code = systemCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const needed = bytes === undefined ? '' : ` (${Math.ceil(bytes / 2 ** 20)} MiB needed)`;
  return new ImageError('disk-full', `No space left to write ${path}${needed}.`, {
    hint: 'Free space there, or choose another folder for builds.',
    cause: error,
  });
}

/** Throws `cancelled` if the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ImageError('cancelled', 'Cancelled.', { cause: signal.reason });
}
