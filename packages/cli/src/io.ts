// Interface of everything outside of itself that a command uses, which tests replace.
import type * as fs from 'node:fs';

export interface Io {
  /** Words after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder that links inside it may not leave (default: the repository that holds the working directory, else that). */
  readonly root?: string;
  /** Folder of the bundle, beside the files that ship with i2kit. */
  readonly home: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly files: Files;
  readonly runtime: { readonly node: string; readonly platform: string; readonly arch: string; readonly pid: number };
  /**
   * Calls back at Ctrl-C instead of ending the process; returns a function that stops this. Absent: cannot be
   * interrupted.
   */
  readonly onInterrupt?: (tell: () => void) => () => void;
  /** Text of a file that ships with i2kit, e.g. `config.schema.json`. */
  readResource(name: string): string;
}

export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal; absent if there is none. */
  readonly columns?: number;
  /** Height of the terminal; absent if there is none. */
  readonly rows?: number;
  /** Throws an OutputError: `output-closed` if the reader has closed the pipe. */
  write(text: string): void;
}

export interface Input {
  readonly isTTY: boolean;
  /** At most `limit` bytes and one more, so that the caller can detect an excess. */
  read(limit: number): Promise<Uint8Array>;
  /** One line; undefined at the end of the input, or if the signal is aborted. */
  readLine?(signal: AbortSignal): Promise<string | undefined>;
}

/** The parts of node:fs in use. */
export type Files = Pick<
  typeof fs,
  | 'existsSync'
  | 'closeSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'writeFileSync'
>;
