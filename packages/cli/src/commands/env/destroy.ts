// `i2kit env destroy`: deletes the stack of an environment; keeps its bucket.

import type { Command } from '../../context.ts';
import { confirmationProblems, waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const envDestroy: Command = {
  usage: 'env destroy',
  summary: "Delete an environment's stack, once no app uses it",
  flags: ['env', 'config', 'region', 'yes', 'retain', 'detach', ...waitFlags, ...awsFlags],
  examples: [['env destroy --env staging', '']],
  usageProblems: (context) => [...waitFlagProblems(context), ...confirmationProblems(context)],
  async run(context) {
    const stack = await selectEnvironmentStack(context);
    return stack.ok ? (await context.aws()).destroy(context, stack.value) : stack.problems[0];
  },
};
