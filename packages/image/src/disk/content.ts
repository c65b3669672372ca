// Bytes of known length, so that a disk can be laid out first and streamed afterwards.
import { stat } from 'node:fs/promises';

export type ContentPiece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  | { readonly kind: 'zeros'; readonly size: number };

/** Concatenates pieces. */
export type Content = readonly ContentPiece[];

export const bytesContent = (data: Uint8Array): Content => [{ kind: 'bytes', bytes: data }];
export const zeroContent = (size: number): Content => (size > 0 ? [{ kind: 'zeros', size }] : []);
export const fileContent = async (path: string): Promise<Content> => [
  { kind: 'file', path, size: (await stat(path)).size },
];

export const contentSize = (content: Content): number =>
  content.reduce((sum, piece) => sum + (piece.kind === 'bytes' ? piece.bytes.length : piece.size), 0);

export const alignUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** The content, padded with zeros to a multiple of `to`. */
export function paddedContent(content: Content, to: number): Content {
  const size = contentSize(content);
  return [...content, ...zeroContent(alignUp(size, to) - size)];
}
