// What a command is given when it runs, and what a command is.

import type { ExitCode } from './exit.ts';
import type { FlagName, Values } from './flags.ts';
import type { Io } from './io.ts';
import type { Aws } from './ports/aws.ts';
import type { Compiler } from './ports/compiler.ts';
import type { Drawing } from './ports/drawing.ts';
import type { Images } from './ports/image.ts';
import type { Reviewer } from './ports/review.ts';

export interface Context {
  readonly io: Io;
  readonly values: Values;
  /** Words after the command's name that are no flags. */
  readonly operands: readonly string[];
  readonly color: boolean;
  /** Every command by its name, for those that speak of others. */
  readonly commands: Commands;
  /** Loaded at the first call, so that `help` need not wait for it. */
  readonly compiler: () => Promise<Compiler>;
  /** Whatever talks to AWS, in a bundle of its own: it is larger than everything else together. */
  readonly aws: () => Promise<Aws>;
  /** What explains a change, in a bundle of its own too. */
  readonly reviewer: () => Promise<Reviewer>;
  /** What draws graphs, in a bundle of its own too. */
  readonly drawing: () => Promise<Drawing>;
  /** Whatever makes images, in a bundle of its own too. */
  readonly images: () => Promise<Images>;
}

export type Commands = Readonly<Record<string, Command>>;

export interface Command {
  /** What follows `i2kit` in its usage line. */
  readonly usage: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs for its own help. */
  readonly description?: string;
  readonly flags: readonly FlagName[];
  /** Letters that mean another flag here than elsewhere. */
  readonly shortFlags?: Readonly<Record<string, FlagName>>;
  /** What -o takes. */
  readonly outputFormats?: readonly string[];
  readonly operands?: { readonly least: number; readonly most: number; readonly choices?: readonly string[] };
  readonly examples: readonly (readonly [command: string, what: string])[];
  run(context: Context): Promise<ExitCode>;
}
