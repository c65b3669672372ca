// `i2kit events`: shows CloudFormation's events of a stack.

import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { rangeFlagsError, waitFlagsError } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const events: Command = {
  usage: 'events [STACK]',
  summary: "Show a stack's events, oldest first; with --follow, until the running operation ends",
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
    ['events default-shop --follow', 'Watch an operation that another run started'],
    [
      'events default-shop --limit 50 -o json',
      'The newest fifty events, including nested stacks, as one JSON object per line',
    ],
  ],
  async run(context) {
    const wrong = waitFlagsError(context) ?? rangeFlagsError(context) ?? conflictingFlagsError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'events');
    const stack = await selectStack(context);
    return stack ? (await context.aws()).events(context, stack) : exit.input;
  },
};

const conflictingFlagsError = ({ values: { limit, follow } }: Pick<Context, 'values'>): string | undefined =>
  limit !== undefined && follow ? '--limit counts past events; it cannot be combined with --follow.' : undefined;
