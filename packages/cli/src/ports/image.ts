// Interface of the image bundle (`bundles/image.ts`), which is loaded on demand.
import type { Config, ImageBase, Lock, MachineGroup, Stack } from '@i2kit/compiler';
import type { LockFile } from '../config/lockFile.ts';
import type { Context } from '../context.ts';
import type { ExitCode, Reported } from '../exit.ts';

/** The account and lock file of images. */
export interface ImageScope {
  readonly env: string;
  readonly region: string | undefined;
  readonly lock: LockFile;
}

/** Groups whose images i2kit builds: those for which the user names none. */
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
  /** Builds disks on this computer. */
  build(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  /** Builds and imports missing images. */
  push(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  /** The same for another command: returns the lock; none if linuxkit is missing, in which case nothing was started. */
  ensureImages(context: Context, input: ImageBuildInput): Promise<Reported<Lock | undefined>>;
  /** Warns of tags that have moved since they were locked; skips registries that do not answer quickly. */
  warnMovedTags(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  run(context: Context, input: ImageRunInput): Promise<ExitCode>;
  /** Prints the software bill of materials. */
  sbom(context: Context, input: ImageBuildInput): Promise<ExitCode>;
  ls(context: Context, scope: ImageScope): Promise<ExitCode>;
  gc(context: Context, scope: ImageScope): Promise<ExitCode>;
}
