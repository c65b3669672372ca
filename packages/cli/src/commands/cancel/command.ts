// `i2kit cancel`: cancels the running update.

import type { Command } from '../../context.ts';
import { waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const cancel: Command = {
  usage: 'cancel [STACK]',
  summary: 'Cancel a running update, and wait for its rollback',
  description: 'Creations and deletions cannot be cancelled.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, ...waitFlags, ...awsFlags],
  operands: { least: 0, most: 1 },
  examples: [['cancel default-shop', '']],
  usageProblems: waitFlagProblems,
  async run(context) {
    const stack = await selectStack(context);
    return stack.ok ? (await context.aws()).cancel(context, stack.value) : stack.problems[0];
  },
};
