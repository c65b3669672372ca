// Compiles a commit of the current repository, from its files in a temporary directory.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { escapeInvisible, failure, success } from '@i2kit/common';
import type { Context } from '../context.ts';
import { reportDiagnostics } from '../output/diagnostics.ts';
import type { BaseResult, LoadBase } from './base.ts';
import { type CompiledStacks, compileStacks, noStacks } from './stacks.ts';

const execFileAsync = promisify(execFile);

/** git's exit code is checked; the repository's hooks and pagers are disabled. */
const git = (cwd: string, args: readonly string[], index?: string) =>
  execFileAsync('git', [...args], {
    cwd,
    maxBuffer: 2 ** 27,
    env: { ...process.env, ...(index && { GIT_INDEX_FILE: index }) },
  });

export const gitBase =
  (ref: string): LoadBase =>
  async (context, head) => {
    const { io, values } = context;
    if (values.filename?.includes('-'))
      return failure({
        message: 'Standard input has no history. Name files, or compare with --against DIR or --against stack.',
      });
    const top = await gitOutput(io.cwd, ['rev-parse', '--show-toplevel']);
    if (top === undefined)
      return failure({
        message: 'Not a git repository, or git is not installed; --against also takes a directory and stack.',
      });
    const commit = await gitOutput(io.cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    if (commit === undefined) {
      return failure({
        message: `git finds no commit '${escapeInvisible(ref)}' here. A shallow clone lacks older commits: run git fetch --unshallow.`,
      });
    }
    const folder = mkdtempSync(join(tmpdir(), 'i2kit-diff-'));
    try {
      const tree = join(folder, 'tree');
      const index = join(folder, 'index');
      await git(top, ['read-tree', commit], index);
      await git(top, ['checkout-index', '--all', `--prefix=${tree}/`], index);
      return await compileCheckout(context, head, top, tree);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

async function compileCheckout(context: Context, head: CompiledStacks, top: string, tree: string): Promise<BaseResult> {
  const { io, values } = context;
  // Absolute paths refer to the current tree.
  const moved = (name: string) =>
    isAbsolute(name) && !relative(top, name).startsWith('..') ? join(tree, relative(top, name)) : name;
  const cwd = join(tree, relative(top, io.files.realpathSync(io.cwd)));
  const there = (names: readonly string[] | undefined) =>
    names?.map(moved).filter((name) => io.files.existsSync(isAbsolute(name) ? name : join(cwd, name)));
  const [filename, kustomize] = [there(values.filename), there(values.kustomize)];
  const given = filename !== undefined || kustomize !== undefined;
  // A commit without manifests makes everything new.
  if (!io.files.existsSync(cwd) || (given && (filename ?? []).length + (kustomize ?? []).length === 0))
    return success(noStacks);
  const then = {
    ...context,
    io: { ...io, cwd, root: tree },
    values: {
      ...values,
      // The head has told what was assumed.
      quiet: true,
      // The checkout is in a folder of another name.
      ...(head.guessedApp !== undefined && { app: head.guessedApp }),
      ...(filename && { filename }),
      ...(kustomize && { kustomize }),
      ...(values.config !== undefined && { config: moved(values.config) }),
      ...(values.lock !== undefined && { lock: moved(values.lock) }),
    },
  };
  const { compiled, diagnostics, prepared } = await compileStacks(then);
  if (compiled) return success(compiled);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  // A commit without workloads makes everything new.
  if (errors.every(({ code }) => code === 'I2K738')) return success(noStacks);
  reportDiagnostics(context, prepared.compiler, errors, prepared.texts);
  return failure({ message: 'The commit does not compile; see the errors above.' });
}

async function gitOutput(cwd: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await git(cwd, args)).stdout.trim();
  } catch {
    return undefined;
  }
}
