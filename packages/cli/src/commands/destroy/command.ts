// `i2kit destroy`: shows what a deletion removes and keeps, asks for confirmation, deletes the stack.

import type { Command } from '../../context.ts';
import { confirmationProblems, waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const destroy: Command = {
  usage: 'destroy [STACK]',
  summary: 'Show the resources to delete and to keep, ask for confirmation, delete',
  description: 'A stack that does not exist is not an error.',
  flags: [
    'filename',
    'kustomize',
    'recursive',
    ...stackNameFlags,
    'stack-set',
    'yes',
    'retain',
    'detach',
    ...waitFlags,
    ...awsFlags,
  ],
  operands: { least: 0, most: 1 },
  examples: [
    ['destroy -f manifests/', 'The stack of these manifests'],
    ['A stack by name, without confirmation', 'A stack by its name, without a question'],
    ['destroy default-shop --stack-set', 'A stack set: its stacks in all accounts and regions, then the set itself'],
    ['destroy default-shop --retain DataVolume', 'After a failed deletion: leave the blocking resource in the account'],
  ],
  usageProblems: (context) => [...waitFlagProblems(context), ...confirmationProblems(context)],
  async run(context) {
    const stack = await selectStack(context);
    if (!stack.ok) return stack.problems[0];
    const aws = await context.aws();
    return stack.value.stackSet ? aws.destroyStackSet(context, stack.value) : aws.destroy(context, stack.value);
  },
};
