// A commit of the repository that one stands in: its files, as git has them, compiled in a directory of their own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from '../context.ts';
import { report } from '../output/report.ts';
import { harmless } from '../text.ts';
import type { Base, Based } from './base.ts';
import { attempt, none } from './stacks.ts';

const run = promisify(execFile);

/** What git says is read by its exit code; a repository's own hooks and pagers have no part in it. */
const git = (cwd: string, args: readonly string[], index?: string) =>
  run('git', [...args], { cwd, maxBuffer: 2 ** 27, env: { ...process.env, ...(index && { GIT_INDEX_FILE: index }) } });

export const gitBase =
  (ref: string): Base =>
  async (context) => {
    const { io, values } = context;
    if (values.filename?.includes('-'))
      return { wrong: 'Standard input has no history: name files, or compare with --against DIR or stack.' };
    const top = await output(io.cwd, ['rev-parse', '--show-toplevel']);
    if (top === undefined)
      return { wrong: 'This is no git repository, or there is no git here; --against also takes a directory and stack.' };
    const commit = await output(io.cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    if (commit === undefined) {
      return { wrong: `git knows no commit '${harmless(ref)}' here; a shallow clone lacks older ones: git fetch --unshallow.` };
    }
    const folder = mkdtempSync(join(tmpdir(), 'i2kit-diff-'));
    try {
      const tree = join(folder, 'tree');
      const index = join(folder, 'index');
      await git(top, ['read-tree', commit], index);
      await git(top, ['checkout-index', '--all', `--prefix=${tree}/`], index);
      return await compiledIn(context, top, tree);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

async function compiledIn(context: Context, top: string, tree: string): Promise<Based> {
  const { io, values } = context;
  // Absolute names are those of the present tree.
  const moved = (name: string) => (isAbsolute(name) && !relative(top, name).startsWith('..') ? join(tree, relative(top, name)) : name);
  const cwd = join(tree, relative(top, io.files.realpathSync(io.cwd)));
  const there = (names: readonly string[] | undefined) =>
    names?.map(moved).filter((name) => io.files.existsSync(isAbsolute(name) ? name : join(cwd, name)));
  const [filename, kustomize] = [there(values.filename), there(values.kustomize)];
  const given = filename !== undefined || kustomize !== undefined;
  // What had no manifests then is new altogether.
  if (!io.files.existsSync(cwd) || (given && (filename ?? []).length + (kustomize ?? []).length === 0)) return none;
  const then = {
    ...context,
    io: { ...io, cwd },
    values: {
      ...values,
      ...(filename && { filename }),
      ...(kustomize && { kustomize }),
      ...(values.config !== undefined && { config: moved(values.config) }),
      ...(values.lock !== undefined && { lock: moved(values.lock) }),
    },
  };
  const { compiled, diagnostics, prepared } = await attempt(then);
  if (compiled) return compiled;
  report(
    context,
    prepared.compiler,
    diagnostics.filter(({ severity }) => severity === 'error'),
    prepared.texts,
  );
  return { wrong: 'What is in that commit does not compile, as said above.' };
}

async function output(cwd: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await git(cwd, args)).stdout.trim();
  } catch {
    return undefined;
  }
}
