// The result of a compilation: stacks, and the objects that must be in the environment's bucket before they are
// created.
import type { Template } from './template.ts';

export interface Stack {
  /** `<env>-<app>`. */
  readonly name: string;
  readonly template: Template;
  readonly assets: readonly Asset[];
  /** Names of the stacks that must exist first (default: none). */
  readonly dependsOn?: readonly string[];
}

/** A payload too large for user data; content-addressed. */
export interface Asset {
  readonly key: string;
  /** Lower-case hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}
