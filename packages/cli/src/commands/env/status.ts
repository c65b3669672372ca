// `i2kit env status`: how the stack of an environment stands.
import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { awsFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const envStatus: Command = {
  usage: 'env status',
  summary: "Show how an environment's stack stands",
  flags: ['env', 'config', 'region', 'watch', 'output', ...awsFlags],
  outputFormats: ['wide', 'json'],
  examples: [['env status --env staging', '']],
  async run(context) {
    const stack = await selectEnvironmentStack(context);
    return stack ? (await context.aws()).status(context, stack) : exit.input;
  },
};
