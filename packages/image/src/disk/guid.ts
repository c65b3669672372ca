// GUIDs that follow from content, so that the same content gives the same disk.
import { createHash } from 'node:crypto';

/** A version 8 UUID (RFC 9562, 5.8) made of SHA-256 over a purpose and a hexadecimal digest. */
export function guidOf(purpose: string, digest: string): string {
  const hash = createHash('sha256').update(`i2kit ${purpose}\n${digest}`).digest().subarray(0, 16);
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x80;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** As GPT stores it: the first three groups little-endian (UEFI 2.10, appendix A). */
export function guidBytes(guid: string): Buffer {
  const raw = Buffer.from(guid.replaceAll('-', ''), 'hex');
  raw.subarray(0, 4).reverse();
  raw.subarray(4, 6).reverse();
  raw.subarray(6, 8).reverse();
  return raw;
}
