// `i2kit status`: how a stack and its workloads stand.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming } from './shared.ts';

export const status: Command = {
  usage: 'status [STACK]',
  summary: 'Show how a stack stands: its workloads, their machines, and where they answer',
  description: 'Exit code 3 where the stack failed or is not there.',
  flags: ['filename', 'kustomize', 'recursive', ...naming, 'stack-set', 'watch', 'output', ...account],
  outputs: ['wide', 'json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['status -f manifests/', 'The stack of these manifests'],
    ['status default-shop -o wide', 'With each machine: its image, address and age'],
    ['status default-shop --watch', 'Until nothing is under way any more, or Ctrl-C'],
    ['status default-shop -o json', 'A stack by its name, for a program; with --watch, one line a change'],
  ],
  async run(context) {
    const stack = await named(context);
    if (!stack) return exit.input;
    if (stack.stackSet && context.values.watch) return wrongUsage(context.io, '--watch is for a stack, not for a stack set.', 'status');
    const aws = await context.aws();
    return stack.stackSet ? aws.setStatus(context, stack) : aws.status(context, stack);
  },
};
