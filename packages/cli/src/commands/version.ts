// `i2kit version`: prints the version.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { version as number } from '../version.ts';

export const version: Command = {
  usage: 'version',
  summary: 'Print the version',
  flags: ['output'],
  outputFormats: ['json'],
  examples: [
    ['version', ''],
    ['version -o json', 'With the versions of Node.js and the system'],
  ],
  async run({ io, values }) {
    const { node, platform, arch } = io.runtime;
    io.stdout.write(
      values.output === 'json'
        ? `${JSON.stringify({ version: number, node, platform, arch }, null, 2)}\n`
        : `i2kit ${number}\n`,
    );
    return exit.fine;
  },
};
