// The interface of a command, and the context in which it runs.

import type { Problem } from '@i2kit/common';
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
  /** Operands after the command's name. */
  readonly operands: readonly string[];
  readonly color: boolean;
  /** Every command by name, for help and completion. */
  readonly commands: Commands;
  /** Loaded on demand, so that `help` does not load it. */
  readonly compiler: () => Promise<Compiler>;
  /** The AWS bundle, loaded on demand: it is larger than the rest together. */
  readonly aws: () => Promise<Aws>;
  /** The review bundle, loaded on demand. */
  readonly reviewer: () => Promise<Reviewer>;
  /** The drawing bundle, loaded on demand. */
  readonly drawing: () => Promise<Drawing>;
  /** The image bundle, loaded on demand. */
  readonly images: () => Promise<Images>;
}

export type Commands = Readonly<Record<string, Command>>;

export interface Command {
  /** The usage line after `i2kit`. */
  readonly usage: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs for the command's own help. */
  readonly description?: string;
  readonly flags: readonly FlagName[];
  /** Short flags with another meaning in this command. */
  readonly shortFlags?: Readonly<Record<string, FlagName>>;
  /** Values of -o. */
  readonly outputFormats?: readonly string[];
  readonly operands?: { readonly least: number; readonly most: number; readonly choices?: readonly string[] };
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** Usage errors of flags, operands and terminal; checked before `run`. The first one is reported. */
  usageProblems?(context: Context): readonly Problem[];
  run(context: Context): Promise<ExitCode>;
}
