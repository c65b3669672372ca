// `i2kit recover`: continues a failed rollback.

import type { Command } from '../../context.ts';
import { waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const recover: Command = {
  usage: 'recover [STACK]',
  summary: 'Continue the rollback of a stack in UPDATE_ROLLBACK_FAILED',
  description:
    'CloudFormation treats a skipped resource as rolled back without changing it: fix the resource by hand afterwards.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, 'skip', ...waitFlags, ...awsFlags],
  operands: { least: 0, most: 1 },
  examples: [
    ['recover default-shop', 'After fixing the cause'],
    ['recover default-shop --skip WebGroup', 'Skip one resource'],
  ],
  usageProblems: waitFlagProblems,
  async run(context) {
    const stack = await selectStack(context);
    return stack.ok ? (await context.aws()).recover(context, stack.value) : stack.problems[0];
  },
};
