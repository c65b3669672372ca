// `i2kit history`: shows the operations on a stack.

import type { Command } from '../../context.ts';
import { rangeFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const history: Command = {
  usage: 'history [STACK]',
  summary: 'Show operations on a stack, newest first: time, action, result, duration and cause of failure',
  description:
    "Combines CloudFormation's events, kept for 90 days, with revisions that apply keeps in the environment's " +
    'bucket: `i2kit rollback` can return to a revision. Without a bucket there are no revisions.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, 'limit', 'output', ...awsFlags],
  outputFormats: ['wide', 'json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['history -f manifests/', 'The stack of these manifests'],
    ['history default-shop --limit 3 -o wide', 'With the names of change sets'],
    ['history default-shop -o json', 'For a program, with full hashes'],
  ],
  usageProblems: rangeFlagProblems,
  async run(context) {
    const stack = await selectStack(context);
    return stack.ok ? (await context.aws()).history(context, stack.value) : stack.problems[0];
  },
};
