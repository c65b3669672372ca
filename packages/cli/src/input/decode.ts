// Bytes to text: UTF-8, or a diagnostic that points at the first byte that is not.
import { isUtf8 } from 'node:buffer';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { problem } from '../problem.ts';

/** The source is there in either case, so that the diagnostic can show its line. */
export function decoded(name: string, bytes: Uint8Array): { readonly source: Source; readonly problem?: Diagnostic } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  // A byte order mark is no part of the text; without it columns are those of an editor.
  const marked = text.startsWith('\uFEFF') ? 1 : 0;
  const source = { name, text: text.slice(marked) };
  if (isUtf8(buffer)) return { source };
  const offset = Math.max(0, firstReplaced(text, buffer) - marked);
  const utf16 = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff);
  const message = utf16 ? 'the text is UTF-16, not UTF-8' : 'here are bytes that are not UTF-8';
  return { source, problem: problem('I2K724', message, { source: name, offset, hint: 'save the file as UTF-8' }) };
}

/** Where decoding put the first U+FFFD that was not in the bytes already. */
function firstReplaced(text: string, buffer: Buffer): number {
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
