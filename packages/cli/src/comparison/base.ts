// Loads the base of a comparison: the deployed stacks, a directory of templates, or a commit.

import { join, resolve } from 'node:path';
import {
  errorMessage,
  escapeInvisible,
  failure,
  isObject,
  type Outcome,
  type Problem,
  parseJson,
  success,
  systemCode,
} from '@i2kit/common';
import type { Context } from '../context.ts';
import { type ExitCode, exit, type Reported } from '../exit.ts';
import { systemReason } from '../input/fileText.ts';
import { leavingLink } from '../input/links.ts';
import type { Io } from '../io.ts';
import type { Template } from '../ports/review.ts';
import { gitBase } from './gitBase.ts';
import { assetsFolder, type CompiledStacks, type StackSide } from './stacks.ts';

export interface BaseProblem extends Problem {
  /** Default: bad input. */
  readonly exit?: ExitCode;
}

export type BaseResult = Outcome<CompiledStacks, BaseProblem>;

export type LoadBase = (context: Context, head: CompiledStacks) => Promise<BaseResult>;

/** The base that --against names. */
export async function loadBase(
  context: Context,
  against: string,
  head: CompiledStacks,
): Promise<Reported<CompiledStacks>> {
  const base = await baseLoader(against)(context, head);
  if (base.ok) return base;
  const [problem] = base.problems;
  context.io.stderr.write(`error: ${problem.message}\n${problem.hint === undefined ? '' : `hint: ${problem.hint}\n`}`);
  return failure(problem.exit ?? exit.input);
}

/** `git:REF`, `stack`, or else a directory. */
function baseLoader(against: string): LoadBase {
  if (against.startsWith('git:')) return gitBase(against.slice('git:'.length));
  return against === 'stack' ? loadDeployedBase : directoryBase(against);
}

/** The templates of the deployed stacks. */
export const loadDeployedBase: LoadBase = async (context, head) => {
  const aws = await context.aws();
  const stacks = new Map<string, StackSide>();
  for (const name of head.stacks.keys()) {
    const found = await aws.fetchDeployedTemplate(context, { stackName: name, region: head.region });
    if (!found.ok) return failure(found.problems[0]);
    const { template, parameters } = found.value;
    if (template === undefined) continue;
    try {
      stacks.set(name, {
        template: JSON.parse(template) as Template,
        ...(parameters && { parameters }),
      });
    } catch (error) {
      return failure({
        message: `The template of ${escapeInvisible(name)} is not JSON, so i2kit did not write it: ${escapeInvisible(errorMessage(error))}.`,
      });
    }
  }
  return success({ stacks, places: {} });
};

/** A directory of templates, as `synth -d` writes it. Stacks missing from the directory are new. */
export const directoryBase =
  (folder: string): LoadBase =>
  async ({ io }, head) => {
    const at = resolve(io.cwd, folder);
    if (!io.files.existsSync(at))
      return failure({
        message: `The directory ${escapeInvisible(folder)} does not exist; --against also takes git:REF and stack.`,
      });
    const stacks = new Map<string, StackSide>();
    for (const name of head.stacks.keys()) {
      const file = join(at, `${name}.template.json`);
      if (!io.files.existsSync(file)) continue;
      const leaving = leavingLink(io, join(folder, `${name}.template.json`));
      if (leaving) return failure({ message: `${escapeInvisible(leaving.object.source)}: ${leaving.message}.` });
      const refused = (why: string) =>
        failure({ message: `Cannot read ${escapeInvisible(join(folder, `${name}.template.json`))}: ${why}.` });
      try {
        const template = parseJson(io.files.readFileSync(file, 'utf8'));
        if (!isObject(template) || !isObject(template['Resources'])) return refused('it is not a template in JSON');
        const payloads = await readPayloads(io, assetsFolder(at));
        stacks.set(name, { template: template as unknown as Template, payloads });
      } catch (error) {
        if (systemCode(error) === undefined) throw error;
        return refused(systemReason(error));
      }
    }
    return success({ stacks, places: {} });
  };

/** By the hash of their bytes, whatever their names: a directory may come from a pull request. */
async function readPayloads({ files }: Io, folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  if (!files.existsSync(folder)) return new Map();
  const names = files.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const entries = names.map(async ({ name }) => {
    const bytes = new Uint8Array(files.readFileSync(join(folder, name)));
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    return [Buffer.from(digest).toString('hex'), bytes] as const;
  });
  return new Map(await Promise.all(entries));
}
