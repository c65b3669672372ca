// The one kind of error that this package throws on purpose; anything else that is thrown is a bug of ours.
import { systemCode } from '@i2kit/common';

/**
 * - `input-invalid`: a file given to us is not what it should be (a stub, a kernel, a squashfs)
 * - `disk-full`: no room left where something was to be written
 * - `tool-missing`, `tool-version`, `tool-failed`: linuxkit, mksquashfs or a credential helper
 * - `reference-invalid`: an image reference that no registry could understand
 * - `registry-denied`, `registry-absent`, `registry-busy`, `registry-unreachable`, `registry-answer`: what a registry said, or did not
 * - `platform-absent`: the image does not exist for the machine's architecture
 * - `credentials-unreadable`: Docker's configuration cannot be read
 * - `unlocked`: a digest that must be in the lock is not there
 * - `import-denied`, `import-conflict`, `import-failed`, `import-timeout`: what AWS said to an image
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

export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  /** What to do about it. */
  readonly hint?: string;

  /** `message`: what is wrong, one sentence. */
  constructor(code: ImageErrorCode, message: string, more: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.code = code;
    if (more.hint !== undefined) this.hint = more.hint;
  }
}

/** True of an error of this package, of `code` where one is given. */
export const isImageError = (error: unknown, code?: ImageErrorCode): error is ImageError =>
  error instanceof ImageError && (code === undefined || error.code === code);

/** What a failed write becomes: a full disk is the one cause that users meet. */
export function writeErrorOf(error: unknown, path: string, bytes?: number): unknown {
  const code = systemCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const needed = bytes === undefined ? '' : ` (${Math.ceil(bytes / 2 ** 20)} MiB are needed)`;
  return new ImageError('disk-full', `There is no room left to write ${path}${needed}.`, {
    hint: 'Make room there, or choose another folder for builds.',
    cause: error,
  });
}

/** Throws where the caller has cancelled. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ImageError('cancelled', 'It was cancelled.', { cause: signal.reason });
}
