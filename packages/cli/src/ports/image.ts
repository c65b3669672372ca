// What commands ask of images; `image/index.ts` gives it, in a bundle of its own that no other command loads.
import type { Config, ImageBase, Lock, MachineGroup, Stack } from '@i2kit/compiler';
import type { LockFile } from '../config/lockFile.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';

/** Where images are, and what is known of them. */
export interface ImageScope {
  readonly env: string;
  readonly region: string | undefined;
  readonly lock: LockFile;
}

/** Groups whose images are ours to make: those for which the user names none. */
export interface ImageBuildInput extends ImageScope {
  readonly app: string;
  readonly config: Config;
  readonly groups: readonly MachineGroup[];
  readonly base: ImageBase;
}

export interface ImageRunInput extends ImageBuildInput {
  readonly stack: Stack;
  /** Base64 of values by key, by the secret's name in Secrets Manager. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Images {
  /** Disks on this computer. */
  build(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  /** Images in the account, made where they are not there. */
  push(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  /** The same, on the way of another command: the lock then, or how it ended; no lock where linuxkit is missing, and nothing was begun. */
  ensureImages(
    context: Context,
    input: ImageBuildInput,
  ): Promise<{ readonly lock: Lock | undefined } | { readonly exit: ExitCode }>;
  /** Tells of tags that have moved since they were locked; a registry that does not answer at once is passed over. */
  warnMovedTags(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  run(context: Context, input: ImageRunInput): Promise<ExitCode>;
  ls(context: Context, scope: ImageScope): Promise<ExitCode>;
  gc(context: Context, scope: ImageScope): Promise<ExitCode>;
}
