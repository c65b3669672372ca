// `i2kit destroy`: shows what a deletion removes and keeps, asks for confirmation, deletes the stack.

import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { confirmationError, waitFlagsError } from '../shared/flagChecks.ts';
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
  async run(context) {
    const wrong = waitFlagsError(context) ?? confirmationError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'destroy');
    const stack = await selectStack(context);
    if (!stack) return exit.input;
    const aws = await context.aws();
    return stack.stackSet ? aws.destroyStackSet(context, stack) : aws.destroy(context, stack);
  },
};
