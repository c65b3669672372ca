// `i2kit status`: shows the state of a stack and its workloads.
import type { Command } from '../../context.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { awsFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const status: Command = {
  usage: 'status [STACK]',
  summary: 'Show the state of a stack: its workloads, machines and addresses',
  description: 'Exit code 3 if the stack failed or does not exist.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, 'stack-set', 'watch', 'output', ...awsFlags],
  outputFormats: ['wide', 'json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['status -f manifests/', 'The stack of these manifests'],
    ['status default-shop -o wide', 'With the image, address and age of each machine'],
    ['status default-shop --watch', 'Until no operation is running, or Ctrl-C'],
    ['status default-shop -o json', 'A stack by name, for a program; with --watch, one line per change'],
  ],
  async run(context) {
    const stack = await selectStack(context);
    if (!stack.ok) return stack.problems[0];
    if (stack.value.stackSet && context.values.watch)
      return reportUsageError(context.io, '--watch takes a stack, not a stack set.', 'status');
    const aws = await context.aws();
    return stack.value.stackSet ? aws.showStackSetStatus(context, stack.value) : aws.status(context, stack.value);
  },
};
