// `i2kit status`: how a stack and its workloads stand.
import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { awsFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const status: Command = {
  usage: 'status [STACK]',
  summary: 'Show how a stack stands: its workloads, their machines, and where they answer',
  description: 'Exit code 3 where the stack failed or is not there.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, 'stack-set', 'watch', 'output', ...awsFlags],
  outputFormats: ['wide', 'json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['status -f manifests/', 'The stack of these manifests'],
    ['status default-shop -o wide', 'With each machine: its image, address and age'],
    ['status default-shop --watch', 'Until nothing is under way any more, or Ctrl-C'],
    ['status default-shop -o json', 'A stack by its name, for a program; with --watch, one line a change'],
  ],
  async run(context) {
    const stack = await selectStack(context);
    if (!stack) return exit.input;
    if (stack.stackSet && context.values.watch)
      return reportUsageError(context.io, '--watch is for a stack, not for a stack set.', 'status');
    const aws = await context.aws();
    return stack.stackSet ? aws.showStackSetStatus(context, stack) : aws.status(context, stack);
  },
};
