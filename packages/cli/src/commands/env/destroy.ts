// `i2kit env destroy`: deletes the stack of an environment; keeps its bucket.

import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { confirmationError, waitFlagsError } from '../shared/flagChecks.ts';
import { awsFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const envDestroy: Command = {
  usage: 'env destroy',
  summary: "Delete an environment's stack, once no app uses it",
  flags: ['env', 'config', 'region', 'yes', 'retain', 'detach', ...waitFlags, ...awsFlags],
  examples: [['env destroy --env staging', '']],
  async run(context) {
    const wrong = waitFlagsError(context) ?? confirmationError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'env destroy');
    const stack = await selectEnvironmentStack(context);
    return stack ? (await context.aws()).destroy(context, stack) : exit.input;
  },
};
