// `i2kit env status`: shows the state of an environment's stack.
import type { Command } from '../../context.ts';
import { awsFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const envStatus: Command = {
  usage: 'env status',
  summary: "Show the state of an environment's stack",
  flags: ['env', 'config', 'region', 'watch', 'output', ...awsFlags],
  outputFormats: ['wide', 'json'],
  examples: [['env status --env staging', '']],
  async run(context) {
    const stack = await selectEnvironmentStack(context);
    return stack.ok ? (await context.aws()).status(context, stack.value) : stack.problems[0];
  },
};
