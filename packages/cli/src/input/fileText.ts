// The text of a file: its size limit, its decoding from UTF-8, and file-system errors as diagnostics.

import { isUtf8 } from 'node:buffer';
import { errorMessage, systemCode } from '@i2kit/common';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';

// Bytes to text: UTF-8, or a diagnostic that points at the first byte that is not.

/** The source is there in either case, so that the diagnostic can show its line. */
export function decodeSource(
  name: string,
  bytes: Uint8Array,
): { readonly source: Source; readonly problem?: Diagnostic } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  // A byte order mark is no part of the text; without it columns are those of an editor.
  const marked = text.startsWith('\uFEFF') ? 1 : 0;
  const source = { name, text: text.slice(marked) };
  if (isUtf8(buffer)) return { source };
  const offset = Math.max(0, firstInvalidOffset(text, buffer) - marked);
  const utf16 = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff);
  const message = utf16 ? 'the text is UTF-16, not UTF-8' : 'here are bytes that are not UTF-8';
  return { source, problem: diagnosticAt('I2K724', message, { source: name, offset, hint: 'save the file as UTF-8' }) };
}

/** Where decoding put the first U+FFFD that was not in the bytes already. */
function firstInvalidOffset(text: string, buffer: Buffer): number {
  let bytes = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
    bytes += Buffer.byteLength(text.slice(from, at));
    if (buffer[bytes] !== 0xef || buffer[bytes + 1] !== 0xbf || buffer[bytes + 2] !== 0xbd) return at;
    bytes += 3;
    from = at + 1;
  }
  return 0;
}

// How much input is read at most; a larger one is a mistake, and would take the machine's memory before it is found to be one.

const MiB = 1024 * 1024;

export const inputLimits = { file: 16 * MiB, total: 32 * MiB, files: 10_000, settings: MiB } as const;

export const mebibytes = (bytes: number): string => `${Math.round((bytes / MiB) * 10) / 10} MiB`;

// An error of the file system, as a diagnostic.

/** Throws on what is no error of the system: that would be a bug of ours. */
export function readError(error: unknown, source: string): Diagnostic {
  const code = systemCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return diagnosticAt('I2K720', 'there is no such file or directory', { source });
  if (code === 'ELOOP') return diagnosticAt('I2K722', 'the symbolic link leads back to itself', { source });
  return diagnosticAt('I2K726', `the system does not let it be read: ${systemReason(error)}`, { source });
}

/** `EACCES: permission denied`: what the system says, without the path, which is named anyway. */
export const systemReason = (error: unknown): string => errorMessage(error).replace(/, \w+( '.*)?$/s, '');
