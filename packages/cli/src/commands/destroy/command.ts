// `i2kit destroy`: shows what is deleted and what is kept, and after a yes deletes the stack.

import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { confirmationError, waitFlagsError } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const destroy: Command = {
  usage: 'destroy [STACK]',
  summary: 'Show what would be deleted and what is kept, and after a yes delete it',
  description: 'A stack that is not there any more is no error.',
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
    ['destroy default-shop --yes', 'A stack by its name, without a question'],
    ['destroy default-shop --stack-set', 'A stack set: its stacks in all accounts and regions, then itself'],
    ['destroy default-shop --retain DataVolume', 'After a deletion that failed: leave in the account what held it'],
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
