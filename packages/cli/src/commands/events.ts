// `i2kit events`: what CloudFormation did to a stack.
import { wrongWaiting } from '../asking.ts';
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming, waiting } from './shared.ts';

export const events: Command = {
  usage: 'events [STACK]',
  summary: 'Show what was done to a stack, oldest first; with --follow, until the operation under way has ended',
  flags: ['filename', 'kustomize', 'recursive', ...naming, 'follow', 'output', ...waiting, ...account],
  outputs: ['json'],
  operands: { least: 0, most: 1 },
  examples: [['events default-shop --follow', 'Watch what another run began']],
  async run(context) {
    const wrong = wrongWaiting(context);
    if (wrong !== undefined) return wrongUsage(context.io, wrong, 'events');
    const stack = await named(context);
    return stack ? (await context.aws()).events(context, stack) : exit.input;
  },
};
