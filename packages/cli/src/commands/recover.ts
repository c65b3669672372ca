// `i2kit recover`: goes on with a rollback that failed.
import { wrongWaiting } from '../asking.ts';
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming, waiting } from './shared.ts';

export const recover: Command = {
  usage: 'recover [STACK]',
  summary: 'Go on with the rollback of a stack in UPDATE_ROLLBACK_FAILED',
  description: 'What is skipped stays as it is, and CloudFormation takes it for rolled back: mend it by hand afterwards.',
  flags: ['filename', 'kustomize', 'recursive', ...naming, 'skip', ...waiting, ...account],
  operands: { least: 0, most: 1 },
  examples: [
    ['recover default-shop', 'After what failed has been mended'],
    ['recover default-shop --skip WebGroup', 'Giving up one resource'],
  ],
  async run(context) {
    const wrong = wrongWaiting(context);
    if (wrong !== undefined) return wrongUsage(context.io, wrong, 'recover');
    const stack = await named(context);
    return stack ? (await context.aws()).recover(context, stack) : exit.input;
  },
};
