// `i2kit drift`: shows changes made outside CloudFormation.

import type { Command } from '../../context.ts';
import { waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const drift: Command = {
  usage: 'drift [STACK]',
  summary: 'Show changes to a stack made outside CloudFormation',
  description:
    'CloudFormation compares each resource with its template; differences are listed by the Kubernetes object ' +
    'that the resource comes from. Exit code 1 with differences. Resource types and properties that ' +
    'CloudFormation cannot read are not compared.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, 'exit-zero', 'output', 'timeout', ...awsFlags],
  outputFormats: ['json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['drift -f manifests/', 'The stack of these manifests'],
    ['drift default-shop -o json', 'For a program, with untruncated values'],
    ['drift default-shop --exit-zero', 'In a report that must not fail'],
  ],
  usageProblems: waitFlagProblems,
  async run(context) {
    const stack = await selectStack(context);
    return stack.ok ? (await context.aws()).drift(context, stack.value) : stack.problems[0];
  },
};
