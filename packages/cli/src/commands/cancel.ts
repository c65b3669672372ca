// `i2kit cancel`: cancels the update that is under way.
import { wrongWaiting } from '../asking.ts';
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming, waiting } from './shared.ts';

export const cancel: Command = {
  usage: 'cancel [STACK]',
  summary: 'Cancel the update that is under way, and wait for its rollback',
  description: 'Neither a creation nor a deletion can be cancelled.',
  flags: ['filename', 'kustomize', 'recursive', ...naming, ...waiting, ...account],
  operands: { least: 0, most: 1 },
  examples: [['cancel default-shop', '']],
  async run(context) {
    const wrong = wrongWaiting(context);
    if (wrong !== undefined) return wrongUsage(context.io, wrong, 'cancel');
    const stack = await named(context);
    return stack ? (await context.aws()).cancel(context, stack) : exit.input;
  },
};
