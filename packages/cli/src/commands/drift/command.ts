// `i2kit drift`: what was changed past CloudFormation.

import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { waitFlagsError } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const drift: Command = {
  usage: 'drift [STACK]',
  summary: 'Show what of a stack was changed by others than CloudFormation',
  description:
    'CloudFormation compares each resource with its template; what differs is listed below the Kubernetes object that it comes from.\n' +
    'Exit code 1 where anything differs. It compares the types, and the properties, that it knows how to read, and those alone.',
  flags: ['filename', 'kustomize', 'recursive', ...stackNameFlags, 'exit-zero', 'output', 'timeout', ...awsFlags],
  outputFormats: ['json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['drift -f manifests/', 'The stack of these manifests'],
    ['drift default-shop -o json', 'For a program, with whole values'],
    ['drift default-shop --exit-zero', 'In a report that must not fail'],
  ],
  async run(context) {
    const wrong = waitFlagsError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'drift');
    const stack = await selectStack(context);
    return stack ? (await context.aws()).drift(context, stack) : exit.input;
  },
};
