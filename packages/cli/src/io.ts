// Everything outside of itself that a command may touch, in one place, so that tests can hand in their own.
import type * as fs from 'node:fs';

export interface Io {
  /** Words after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder of the bundle, beside which lies what ships with i2kit. */
  readonly home: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly files: Files;
  readonly runtime: { readonly node: string; readonly platform: string; readonly arch: string; readonly pid: number };
  /** Calls back at Ctrl-C, in place of the end of the process; gives what stops that. Absent: nobody can interrupt. */
  readonly onInterrupt?: (tell: () => void) => () => void;
  /** Text of a file that ships with i2kit, e.g. `config.schema.json`. */
  readResource(name: string): string;
}

export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal; absent where there is none. */
  readonly columns?: number;
  /** Height of the terminal; absent where there is none. */
  readonly rows?: number;
  /** Throws with the code EPIPE where nobody reads any more. */
  write(text: string): void;
}

export interface Input {
  readonly isTTY: boolean;
  /** All bytes, but at most `limit` and one more, so that the caller can tell that there are too many. */
  read(limit: number): Promise<Uint8Array>;
  /** One line, for an answer; undefined at the end of the input, or when the signal is aborted. */
  readLine?(signal: AbortSignal): Promise<string | undefined>;
}

/** The part of node:fs that is used. */
export type Files = Pick<
  typeof fs,
  | 'existsSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'writeFileSync'
>;
