// Writes stacks as JSON, YAML or names: to standard output, or as files in a directory.

import { join } from 'node:path';
import { compareEntries, countText } from '@i2kit/common';
import type { Diagnostic, Stack } from '@i2kit/compiler';
import type { Context } from '../context.ts';
import { diagnosticAt } from '../diagnostic.ts';
import { type OutputFile, writeFiles } from './writeFiles.ts';

export const stackFormats = ['json', 'yaml', 'name'] as const;

/** `also` (the lock file) is written together with them, or not at all. */
export async function writeStacks(
  { io, values }: Pick<Context, 'io' | 'values'>,
  stacks: readonly Stack[],
  also: readonly OutputFile[],
): Promise<Diagnostic[]> {
  const { dir, output } = values;
  if (dir !== undefined) {
    const wrong = writeFiles(io, [...(await stackFiles(stacks, dir, output === 'yaml' ? 'yaml' : 'json')), ...also]);
    if (wrong.length === 0 && output === 'name') io.stdout.write(stackNames(stacks));
    return wrong;
  }
  if (output === 'json' && stacks.length > 1) {
    return [
      diagnosticAt('I2K750', `there are ${countText(stacks.length, 'stack')}, and a JSON document holds one`, {
        source: '-o',
        hint: 'use -o yaml, or -d DIR',
      }),
    ];
  }
  const text =
    output === 'name'
      ? stackNames(stacks)
      : await stacksText(stacks, output === 'yaml' || stacks.length > 1 ? 'yaml' : 'json');
  const wrong = writeFiles(io, also);
  if (wrong.length > 0) return wrong;
  io.stdout.write(text);
  const assets = new Set(stacks.flatMap((stack) => stack.assets.map(({ sha256 }) => sha256)));
  if (assets.size === 0 || output === 'name') return [];
  return [
    diagnosticAt(
      'I2K752',
      `${countText(assets.size, 'payload')} of the template ${assets.size === 1 ? 'is' : 'are'} not written`,
      {
        source: '-o',
        hint: 'use -d DIR',
      },
    ),
  ];
}

const stackNames = (stacks: readonly Stack[]): string => stacks.map(({ name }) => `${name}\n`).join('');

/** Assets come first: a template never exists before the files that it refers to. */
async function stackFiles(stacks: readonly Stack[], dir: string, format: 'json' | 'yaml'): Promise<OutputFile[]> {
  const assets = new Map(stacks.flatMap((stack) => stack.assets.map(({ sha256, bytes }) => [sha256, bytes] as const)));
  const payloads = [...assets]
    .sort(compareEntries)
    .map(([sha256, content]) => ({ name: join(dir, 'assets', sha256), content }));
  const templates = stacks.map(async (stack) => ({
    name: join(dir, templateFileName(stack, format)),
    content: await templateText(stack, format),
  }));
  return [...payloads, ...(await Promise.all(templates))];
}

/** Templates as text: JSON, or YAML that CloudFormation's parser reads as the same values. */
export type TemplateFormat = 'json' | 'yaml';

export async function templateText({ template }: Stack, format: TemplateFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(template, null, 2)}\n`;
  const { stringify } = await import('yaml');
  // CloudFormation reads YAML 1.1, in which unquoted `yes` and `2010-09-09` are not strings.
  return stringify(template, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
}

export const templateFileName = ({ name }: Stack, format: TemplateFormat): string => `${name}.template.${format}`;

/** Standard output: one text, or several YAML documents with their stacks' names. */
export async function stacksText(stacks: readonly Stack[], format: TemplateFormat): Promise<string> {
  const texts = await Promise.all(stacks.map((stack) => templateText(stack, format)));
  if (texts.length === 1) return texts.join('');
  return texts.map((text, i) => `--- # ${stacks[i]?.name}\n${text}`).join('');
}
