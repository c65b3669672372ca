// Loads the base of a comparison: the deployed stacks, a directory of templates, or a commit.

import { join, resolve } from 'node:path';
import { errorMessage, systemCode } from '@i2kit/common';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { systemReason } from '../input/fileText.ts';
import type { Io } from '../io.ts';
import type { Template } from '../ports/review.ts';
import { escapeControls } from '../text.ts';
import { gitBase } from './gitBase.ts';
import { assetsFolder, type CompiledStacks, type StackSide } from './stacks.ts';

// What a change is told against: a commit, a directory of templates, or what is deployed.

/** The base, or one sentence about why there is none, and how to end for it: bad input, if nothing is said. */
export type BaseResult = CompiledStacks | { readonly wrong: string; readonly code?: ExitCode };

export type LoadBase = (context: Context, head: CompiledStacks) => Promise<BaseResult>;

/** The base that --against names, or how to end, which has then been said. */
export async function loadBase(
  context: Context,
  against: string,
  head: CompiledStacks,
): Promise<CompiledStacks | { readonly exit: ExitCode }> {
  const base = await baseLoader(against)(context, head);
  if (!('wrong' in base)) return base;
  context.io.stderr.write(`error: ${base.wrong}\n`);
  return { exit: base.code ?? exit.input };
}

/** `git:REF`, `stack`, or else a directory. */
function baseLoader(against: string): LoadBase {
  if (against.startsWith('git:')) return gitBase(against.slice('git:'.length));
  return against === 'stack' ? loadDeployedBase : directoryBase(against);
}

// What is deployed: the templates that the stacks have now.

export const loadDeployedBase: LoadBase = async (context, head) => {
  const aws = await context.aws();
  const stacks = new Map<string, StackSide>();
  for (const name of head.stacks.keys()) {
    const found = await aws.fetchDeployedTemplate(context, { stackName: name, region: head.region });
    if ('wrong' in found) return { wrong: found.wrong, code: exit.failed };
    if (found.template === undefined) continue;
    try {
      stacks.set(name, {
        template: JSON.parse(found.template) as Template,
        ...(found.parameters && { parameters: found.parameters }),
      });
    } catch (error) {
      return {
        wrong: `The template of ${escapeControls(name)} is not JSON, and so not ours: ${escapeControls(errorMessage(error))}.`,
      };
    }
  }
  return { stacks, places: {} };
};

// A directory of templates, as `synth -d` writes it: what was reviewed, or what another branch makes.

/** Stacks that the directory does not hold are new. */
export const directoryBase =
  (folder: string): LoadBase =>
  async ({ io }, head) => {
    const at = resolve(io.cwd, folder);
    if (!io.files.existsSync(at))
      return { wrong: `There is no directory ${escapeControls(folder)}; --against also takes git:REF and stack.` };
    const stacks = new Map<string, StackSide>();
    for (const name of head.stacks.keys()) {
      const file = join(at, `${name}.template.json`);
      if (!io.files.existsSync(file)) continue;
      try {
        stacks.set(name, {
          template: JSON.parse(io.files.readFileSync(file, 'utf8')) as Template,
          payloads: readPayloads(io, assetsFolder(at)),
        });
      } catch (error) {
        const why = systemCode(error) === undefined ? 'it is not JSON' : systemReason(error);
        return { wrong: `${escapeControls(join(folder, `${name}.template.json`))} cannot be read: ${why}.` };
      }
    }
    return { stacks, places: {} };
  };

function readPayloads({ files }: Io, folder: string): ReadonlyMap<string, Uint8Array> {
  if (!files.existsSync(folder)) return new Map();
  return new Map(
    files.readdirSync(folder).map((sha256) => [String(sha256), files.readFileSync(join(folder, String(sha256)))]),
  );
}
