// What a compilation makes: stacks, and what must be in the environment's bucket before they are made.
import type { Template } from './template.ts';

export interface Stack {
  /** `<env>-<app>`. */
  readonly name: string;
  readonly template: Template;
  readonly assets: readonly Asset[];
  /** Names of the stacks that must be there first; absent: none of these. */
  readonly dependsOn?: readonly string[];
}

/** A payload too large for user data; content-addressed. */
export interface Asset {
  readonly key: string;
  /** Lower-case hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}
