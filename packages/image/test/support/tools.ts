// The tools that verify this package's output; a test without its tool is skipped with a message.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

export const workspace = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))));
const toolFolders = [
  ...(process.env['PATH'] ?? '').split(':'),
  '/usr/sbin',
  '/sbin',
  join(workspace, '.cache/image-judges/bin'),
];

/** Path of a tool, or undefined. */
export const findTool = (tool: string): string | undefined =>
  toolFolders.map((folder) => join(folder, tool)).find((path) => existsSync(path));

/** `test`, or a skip that names the missing tools. */
export function testWithTools(...tools: readonly string[]): typeof test | typeof test.skip {
  const missing = tools.filter((tool) => (tool.startsWith('/') ? !existsSync(tool) : !findTool(tool)));
  if (missing.length === 0) return test;
  process.stderr.write(
    `SKIPPED for want of ${missing.join(', ')} (all but linuxkit: node packages/image/scripts/testTools.mjs --boot)\n`,
  );
  return test.skip;
}

/** Runs a tool; `output` is all of its output. */
export function runTool(
  tool: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(findTool(tool) ?? tool, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error) throw error;
  return { code: status, output: `${stdout}${stderr}` };
}
