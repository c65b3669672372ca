// Puts stacks where the user wants them: on standard output, or as files in a directory.
import { join } from 'node:path';
import type { Diagnostic, Stack } from '@i2kit/compiler';
import type { Context } from '../context.ts';
import { problem } from '../problem.ts';
import { byCodeUnits, count } from '../text.ts';
import { stacksText, templateFile, templateText } from './templates.ts';
import { type Output, writeAll } from './write.ts';

export const outputs = ['json', 'yaml', 'name'] as const;

/** `also` is written with them, or not at all: the lock. */
export async function deliver(
  { io, values }: Pick<Context, 'io' | 'values'>,
  stacks: readonly Stack[],
  also: readonly Output[],
): Promise<Diagnostic[]> {
  const { dir, output } = values;
  if (dir !== undefined) {
    const wrong = writeAll(io, [...(await files(stacks, dir, output === 'yaml' ? 'yaml' : 'json')), ...also]);
    if (wrong.length === 0 && output === 'name') io.stdout.write(names(stacks));
    return wrong;
  }
  if (output === 'json' && stacks.length > 1) {
    return [
      problem('I2K750', `there are ${count(stacks.length, 'stack')}, and JSON holds one`, {
        source: '-o',
        hint: 'use -o yaml, or -d DIR',
      }),
    ];
  }
  const text = output === 'name' ? names(stacks) : await stacksText(stacks, output === 'yaml' || stacks.length > 1 ? 'yaml' : 'json');
  const wrong = writeAll(io, also);
  if (wrong.length > 0) return wrong;
  io.stdout.write(text);
  const assets = new Set(stacks.flatMap((stack) => stack.assets.map(({ sha256 }) => sha256)));
  if (assets.size === 0 || output === 'name') return [];
  return [
    problem('I2K752', `${count(assets.size, 'payload')} of the template ${assets.size === 1 ? 'is' : 'are'} not written`, {
      source: '-o',
      hint: 'use -d DIR',
    }),
  ];
}

const names = (stacks: readonly Stack[]): string => stacks.map(({ name }) => `${name}\n`).join('');

/** Assets come first: a template is never there before what it refers to. */
async function files(stacks: readonly Stack[], dir: string, format: 'json' | 'yaml'): Promise<Output[]> {
  const assets = new Map(stacks.flatMap((stack) => stack.assets.map(({ sha256, bytes }) => [sha256, bytes] as const)));
  const payloads = [...assets]
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([sha256, content]) => ({ name: join(dir, 'assets', sha256), content }));
  const templates = stacks.map(async (stack) => ({
    name: join(dir, templateFile(stack, format)),
    content: await templateText(stack, format),
  }));
  return [...payloads, ...(await Promise.all(templates))];
}
