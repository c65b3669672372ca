// `i2kit events`: shows CloudFormation's events of a stack.

import type { Command } from '../../context.ts';
import { problemIf, rangeFlagProblems, waitFlagProblems } from '../shared/flagChecks.ts';
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
  usageProblems: (context) => [
    ...waitFlagProblems(context),
    ...rangeFlagProblems(context),
    ...problemIf(
      context.values.limit !== undefined && context.values.follow,
      '--limit counts past events; it cannot be combined with --follow.',
    ),
  ],
  async run(context) {
    const stack = await selectStack(context);
    return stack.ok ? (await context.aws()).events(context, stack.value) : stack.problems[0];
  },
};
