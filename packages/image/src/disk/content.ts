// Bytes whose number is known before they are read, so that a disk can be laid out first and streamed afterwards.
import { stat } from 'node:fs/promises';

export type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  | { readonly kind: 'zeros'; readonly size: number };

/** Pieces, one after the other. */
export type Content = readonly Piece[];

export const bytes = (data: Uint8Array): Content => [{ kind: 'bytes', bytes: data }];
export const zeros = (size: number): Content => (size > 0 ? [{ kind: 'zeros', size }] : []);
export const file = async (path: string): Promise<Content> => [{ kind: 'file', path, size: (await stat(path)).size }];

export const sizeOf = (content: Content): number =>
  content.reduce((sum, piece) => sum + (piece.kind === 'bytes' ? piece.bytes.length : piece.size), 0);

export const alignUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** The content, filled up with zeros to a multiple of `to`. */
export function padded(content: Content, to: number): Content {
  const size = sizeOf(content);
  return [...content, ...zeros(alignUp(size, to) - size)];
}
