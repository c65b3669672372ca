// `i2kit events`: what CloudFormation did to a stack.

import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { rangeFlagsError, waitFlagsError } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const events: Command = {
  usage: 'events [STACK]',
  summary: 'Show what was done to a stack, oldest first; with --follow, until the operation under way has ended',
  flags: [
    'filename',
    'kustomize',
    'recursive',
    ...stackNameFlags,
    'follow',
    'limit',
    'output',
    ...waitFlags,
    ...awsFlags,
  ],
  outputFormats: ['json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['events default-shop --follow', 'Watch what another run began'],
    ['events default-shop --limit 50 -o json', 'The newest fifty, nested stacks too, one JSON object a line'],
  ],
  async run(context) {
    const wrong = waitFlagsError(context) ?? rangeFlagsError(context) ?? conflictingFlagsError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'events');
    const stack = await selectStack(context);
    return stack ? (await context.aws()).events(context, stack) : exit.input;
  },
};

const conflictingFlagsError = ({ values: { limit, follow } }: Pick<Context, 'values'>): string | undefined =>
  limit !== undefined && follow ? '--limit is of what was; --follow shows what comes.' : undefined;
