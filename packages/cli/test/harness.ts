// Runs a command in this process, in a directory of its own, with a compiler that is easy to predict.
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Files } from '../src/io.ts';
import { main } from '../src/main.ts';
import type { Aws } from '../src/ports/aws.ts';
import type { Compiler } from '../src/ports/compiler.ts';
import type { Images } from '../src/ports/image.ts';
import { compiler as fake } from './fakeCompiler.ts';

export interface CommandFixture {
  /** Name -> content; a name that ends in `/` is a directory. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Which of the three are terminals. */
  readonly tty?: readonly ('stdin' | 'stdout' | 'stderr')[];
  readonly compiler?: Partial<Compiler>;
  /** What talks to AWS; a command that asks for more fails. */
  readonly aws?: Partial<Aws>;
  readonly images?: Partial<Images>;
  /** What the user answers to a question. */
  readonly answer?: string;
  /** Functions of node:fs that behave otherwise. */
  readonly fsOverrides?: Partial<Files>;
  /** A directory that a former run left. */
  readonly cwd?: string;
  /** Thrown when standard output is written to. */
  readonly stdoutError?: Error;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly cwd: string;
  /** A file's text, undefined where it is not there. */
  read(name: string): string | undefined;
  /** All files below the working directory, sorted. */
  list(): string[];
}

const createdFolders: string[] = [];
afterAll(() => {
  for (const folder of createdFolders) fs.rmSync(folder, { recursive: true, force: true });
});

export function createFolder(files: CommandFixture['files'] = {}): string {
  const cwd = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'i2kit-test-')));
  createdFolders.push(cwd);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(name.endsWith('/') ? join(cwd, name) : dirname(join(cwd, name)), { recursive: true });
    if (!name.endsWith('/')) fs.writeFileSync(join(cwd, name), content);
  }
  return cwd;
}

export async function i2kit(argv: readonly string[], world: CommandFixture = {}): Promise<CommandResult> {
  const cwd = world.cwd ?? createFolder(world.files);
  const written = { stdout: '', stderr: '' };
  const is = (name: 'stdin' | 'stdout' | 'stderr') => world.tty?.includes(name) ?? false;
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: is(name),
    write(text: string) {
      if (name === 'stdout' && world.stdoutError) throw world.stdoutError;
      written[name] += text;
    },
  });
  const code = await main(
    {
      argv,
      env: world.env ?? {},
      cwd,
      home: cwd,
      stdout: output('stdout'),
      stderr: output('stderr'),
      stdin: {
        isTTY: is('stdin'),
        read: async (limit) => Buffer.from(world.stdin ?? '').subarray(0, limit + 1),
        readLine: async () => world.answer,
      },
      files: { ...fs, ...world.fsOverrides },
      runtime: { node: 'v20.0.0', platform: 'linux', arch: 'x64', pid: 7 },
      readResource: (name) => fs.readFileSync(join(import.meta.dirname, '../schema', name), 'utf8'),
    },
    async () => ({ ...fake, ...world.compiler }),
    async () => world.aws as Aws,
    async () => world.images as Images,
  );
  return {
    code,
    ...written,
    cwd,
    read: (name) => (fs.existsSync(join(cwd, name)) ? fs.readFileSync(join(cwd, name), 'utf8') : undefined),
    list: () =>
      fs
        .readdirSync(cwd, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(cwd.length + 1))
        .sort(),
  };
}

/** A manifest of the fake compiler's. */
export const manifest = (
  kind: string,
  name: string,
  spec: Readonly<Record<string, unknown>> = {},
  app = 'shop',
): string =>
  `kind: ${kind}\nmetadata: {name: ${name}, labels: {app.kubernetes.io/part-of: ${app}}}\nspec: ${JSON.stringify(spec)}\n`;
