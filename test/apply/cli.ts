// Runs the built command line as its users do, against the tests' AWS endpoint, in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt } from '../../scripts/fresh.mjs';
import { account } from '../judges/aws.ts';

await ensureBuilt();

const root = new URL('../..', import.meta.url).pathname;
const bin = join(root, 'packages/cli/bin/i2kit.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Folder {
  readonly cwd: string;
  /** Runs to the end. */
  run(...argv: readonly string[]): Promise<Ran>;
  /** Runs on; `seen` resolves when its standard error holds the text. */
  start(...argv: readonly string[]): Running;
  /** Changes a file of the folder. */
  edit(name: string, from: string | RegExp, to: string): void;
  write(name: string, text: string): void;
  read(name: string): string;
  remove(): void;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  seen(text: string): Promise<void>;
  /** The same of its standard output. */
  printed(text: string): Promise<void>;
}

/** Puts the secret that examples/voting refers to into the account. */
export async function pushVotingSecret(folder: Folder, env = 'default'): Promise<void> {
  folder.write('db.secret', 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: none}\n');
  const { code, stderr } = await folder.run('secrets', 'push', '-f', 'db.secret', '--env', env);
  if (code !== 0) throw new Error(stderr);
}

/** A copy of an example, or an empty folder; `more` are variables of the environment. */
export function folderOf(endpoint: string, example?: string, more: Readonly<Record<string, string>> = {}): Folder {
  const cwd = mkdtempSync(join(tmpdir(), 'i2kit-apply-'));
  if (example) cpSync(join(root, 'examples', example), cwd, { recursive: true });
  const { NODE_OPTIONS: _, FORCE_COLOR: __, AWS_PROFILE: ___, ...inherited } = process.env;
  const env = { ...inherited, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'none', ...more };
  const start = (...argv: readonly string[]): Running => {
    const child = spawn(process.execPath, [bin, ...argv], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    }
    const ended = once(child, 'close').then(([code]): Ran => ({ code: code as number | null, ...said }));
    const until = async (name: 'stdout' | 'stderr', text: string) => {
      const over = ended.then(() => true);
      while (!said[name].includes(text)) {
        const done = await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 20, false))]);
        if (done && !said[name].includes(text)) throw new Error(`it ended without saying '${text}':\n${said.stdout}${said.stderr}`);
      }
    };
    return { child, ended, seen: (text) => until('stderr', text), printed: (text) => until('stdout', text) };
  };
  const path = (name: string) => join(cwd, name);
  return {
    cwd,
    start,
    run: (...argv) => start(...argv).ended,
    edit: (name, from, to) => writeFileSync(path(name), readFileSync(path(name), 'utf8').replace(from, to)),
    write: (name, text) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    remove: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
