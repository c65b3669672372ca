// The lock file, as far as images are concerned; the first three tables become part of the compiler's `Lock`.
import type { Lock } from '@i2kit/compiler';

export interface ImageLock {
  /** Digest by reference, as manifests (and linuxkit's components) have it: `"nginx:1.27": "sha256:…"`. */
  readonly images?: Readonly<Record<string, string>>;
  /** Image id by image key and region: `{"<64 hexadecimal digits>": {"eu-west-1": "ami-…"}}`. */
  readonly amis?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Versions that made the images: `{"agent": "0.1.0", "linuxkit": "v1.7.1"}`. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** The whole file: the compiler's decisions, and what images are. */
export type LockFile = Lock & ImageLock;

export const emptyLock: LockFile = { version: 1 };
