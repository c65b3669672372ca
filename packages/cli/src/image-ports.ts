// What commands ask of images; `image/index.ts` gives it, in a bundle of its own that no other command loads.
import type { Base, Config, Lock, MachineGroup, Stack } from '@i2kit/compiler';
import type { Context } from './context.ts';
import type { Exit } from './exit.ts';
import type { ReadLock } from './settings/lock.ts';

/** Where images are, and what is known of them. */
export interface ImageScope {
  readonly env: string;
  readonly region: string | undefined;
  readonly lock: ReadLock;
}

/** Groups whose images are ours to make: those for which the user names none. */
export interface ImageInput extends ImageScope {
  readonly app: string;
  readonly config: Config;
  readonly groups: readonly MachineGroup[];
  readonly base: Base;
}

export interface RunInput extends ImageInput {
  readonly stack: Stack;
  /** Base64 of values by key, by the secret's name in Secrets Manager. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Images {
  /** Disks on this computer. */
  build(context: Context, input: ImageInput): Promise<Exit>;
  /** Images in the account, made where they are not there. */
  push(context: Context, input: ImageInput): Promise<Exit>;
  /** The same, on the way of another command: the lock then, or how it ended; no lock where linuxkit is missing, and nothing was begun. */
  ensure(context: Context, input: ImageInput): Promise<{ readonly lock: Lock | undefined } | { readonly exit: Exit }>;
  /** Tells of tags that have moved since they were locked; a registry that does not answer at once is passed over. */
  tellMoved(context: Context, input: ImageInput): Promise<Exit>;
  run(context: Context, input: RunInput): Promise<Exit>;
  ls(context: Context, scope: ImageScope): Promise<Exit>;
  gc(context: Context, scope: ImageScope): Promise<Exit>;
}
