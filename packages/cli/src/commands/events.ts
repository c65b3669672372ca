// `i2kit events`: what CloudFormation did to a stack.
import { wrongRange, wrongWaiting } from '../asking.ts';
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming, waiting } from './shared.ts';

export const events: Command = {
  usage: 'events [STACK]',
  summary: 'Show what was done to a stack, oldest first; with --follow, until the operation under way has ended',
  flags: ['filename', 'kustomize', 'recursive', ...naming, 'follow', 'limit', 'output', ...waiting, ...account],
  outputs: ['json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['events default-shop --follow', 'Watch what another run began'],
    ['events default-shop --limit 50 -o json', 'The newest fifty, nested stacks too, one JSON object a line'],
  ],
  async run(context) {
    const wrong = wrongWaiting(context) ?? wrongRange(context) ?? both(context);
    if (wrong !== undefined) return wrongUsage(context.io, wrong, 'events');
    const stack = await named(context);
    return stack ? (await context.aws()).events(context, stack) : exit.input;
  },
};

const both = ({ values: { limit, follow } }: Pick<Context, 'values'>): string | undefined =>
  limit !== undefined && follow ? '--limit is of what was; --follow shows what comes.' : undefined;
