// Reads the text of a file: size limit, UTF-8 decoding, and file-system errors as diagnostics.

import { isUtf8 } from 'node:buffer';
import { errorMessage, systemCode } from '@i2kit/common';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Io } from '../io.ts';

/** The text without a byte order mark, so that columns match those of editors; U+FFFD stands for invalid bytes. */
export const sourceOf = (name: string, bytes: Uint8Array): Source => ({
  name,
  text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, ''),
});

/** A diagnostic at the first byte that is not UTF-8, in the text of `sourceOf`. */
export function encodingDiagnostics(name: string, bytes: Uint8Array): readonly Diagnostic[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return [];
  const text = buffer.toString('utf8');
  const marked = text.startsWith('\uFEFF') ? 1 : 0;
  const offset = Math.max(0, firstInvalidOffset(text, buffer) - marked);
  const utf16 = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff);
  const message = utf16 ? 'the text is UTF-16, not UTF-8' : 'the bytes here are not UTF-8';
  return [diagnosticAt('I2K724', message, { source: name, offset, hint: 'Save the file as UTF-8.' })];
}

/** The index of the first U+FFFD that decoding inserted. */
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

const MiB = 1024 * 1024;

/** Checked before reading: larger input is a mistake, and would exhaust the machine's memory. */
export const inputLimits = { file: 16 * MiB, total: 32 * MiB, files: 10_000, settings: MiB } as const;

export const mebibytes = (bytes: number): string => `${Math.round((bytes / MiB) * 10) / 10} MiB`;

/**
 * Of a named pipe, or one that a shell makes of <(…): at most `limit` bytes and one more, so that the caller can detect
 * an excess. Waits for the writer.
 */
export function readPipe({ files }: Pick<Io, 'files'>, path: string, limit: number): Uint8Array {
  const file = files.openSync(path, 'r');
  const parts: Buffer[] = [];
  try {
    for (let length = 0; length <= limit; ) {
      const part = Buffer.alloc(65_536);
      const read = files.readSync(file, part, 0, Math.min(part.length, limit + 1 - length), null);
      if (read === 0) break;
      parts.push(part.subarray(0, read));
      length += read;
    }
  } finally {
    files.closeSync(file);
  }
  return Buffer.concat(parts);
}

/** A file-system error as a diagnostic. Rethrows other errors: they are bugs. */
export function readError(error: unknown, source: string): Diagnostic {
  const code = systemCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return diagnosticAt('I2K720', 'no such file or directory', { source });
  if (code === 'ELOOP') return diagnosticAt('I2K722', 'the symbolic link leads back to itself', { source });
  return diagnosticAt('I2K726', `the system cannot read it: ${systemReason(error)}`, { source });
}

/** `EACCES: permission denied`: the system's message without the path, which is named anyway. */
export const systemReason = (error: unknown): string => errorMessage(error).replace(/, \w+( '.*)?$/s, '');
