// `i2kit env destroy`: deletes the stack of an environment; its bucket is kept.
import { unaskable, wrongWaiting } from '../asking.ts';
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { environment } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, waiting } from './shared.ts';

export const envDestroy: Command = {
  usage: 'env destroy',
  summary: "Delete an environment's stack, once no app needs it any more",
  flags: ['env', 'config', 'region', 'yes', 'retain', 'detach', ...waiting, ...account],
  examples: [['env destroy --env staging', '']],
  async run(context) {
    const wrong = wrongWaiting(context) ?? unaskable(context);
    if (wrong !== undefined) return wrongUsage(context.io, wrong, 'env destroy');
    const stack = await environment(context);
    return stack ? (await context.aws()).destroy(context, stack) : exit.input;
  },
};
