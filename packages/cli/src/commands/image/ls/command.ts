// `i2kit image ls`: lists the machine images of the account.
import type { Command } from '../../../context.ts';
import { awsFlags } from '../../shared/flagGroups.ts';
import { readImageScope } from '../input.ts';

export const imageLs: Command = {
  usage: 'image ls',
  summary: 'List the machine images of the account, with size, age and users',
  flags: ['env', 'config', 'region', 'lock', 'regions', 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [
    ['image ls', 'In the region of i2kit.yaml or AWS_REGION'],
    ['image ls --regions us-east-1 -o json', 'Also in another region, for a program'],
  ],
  async run(context) {
    const scope = await readImageScope(context);
    return scope.ok ? (await context.images()).ls(context, scope.value) : scope.problems[0];
  },
};
