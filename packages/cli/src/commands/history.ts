// `i2kit history`: what was done to a stack.
import { wrongRange } from '../asking.ts';
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming } from './shared.ts';

export const history: Command = {
  usage: 'history [STACK]',
  summary: 'Show the operations on a stack, newest first: when, what, how it ended, how long it took, and why it failed',
  description:
    "Of CloudFormation's events, which are there for 90 days, and of what apply keeps in the environment's bucket: a revision can be gone\n" +
    'back to with `i2kit rollback`. Without a bucket there are no revisions.',
  flags: ['filename', 'kustomize', 'recursive', ...naming, 'limit', 'output', ...account],
  outputs: ['wide', 'json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['history -f manifests/', 'The stack of these manifests'],
    ['history default-shop --limit 3 -o wide', 'With the names of change sets'],
    ['history default-shop -o json', 'For a program, with whole hashes'],
  ],
  async run(context) {
    const wrong = wrongRange(context);
    if (wrong !== undefined) return wrongUsage(context.io, wrong, 'history');
    const stack = await named(context);
    return stack ? (await context.aws()).history(context, stack) : exit.input;
  },
};
