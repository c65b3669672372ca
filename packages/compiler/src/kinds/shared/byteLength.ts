// The size of texts as stored and sent.

/** Bytes in UTF-8. A lone surrogate counts as the replacement character that it becomes. */
export function utf8ByteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Bytes that a base64 text encodes. */
export function base64ByteLength(text: string): number {
  const letters = text.replace(/[\s=]/g, '').length;
  return Math.floor((letters * 3) / 4);
}
