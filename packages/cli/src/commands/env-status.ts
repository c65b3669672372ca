// `i2kit env status`: how the stack of an environment stands.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { environment } from '../named.ts';
import { account } from './shared.ts';

export const envStatus: Command = {
  usage: 'env status',
  summary: "Show how an environment's stack stands",
  flags: ['env', 'config', 'region', 'watch', 'output', ...account],
  outputs: ['wide', 'json'],
  examples: [['env status --env staging', '']],
  async run(context) {
    const stack = await environment(context);
    return stack ? (await context.aws()).status(context, stack) : exit.input;
  },
};
