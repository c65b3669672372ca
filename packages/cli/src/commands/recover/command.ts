// `i2kit recover`: continues a failed rollback.

import { readConfig } from '../../config/configFile.ts';
import { readLockFile } from '../../config/lockFile.ts';
import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import { waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const recover: Command = {
  usage: 'recover [STACK]',
  summary: 'Continue the rollback of a stack in UPDATE_ROLLBACK_FAILED, or rebuild a lost lock file',
  description:
    'CloudFormation treats a skipped resource as rolled back without changing it: fix the resource by hand afterwards. ' +
    '--rebuild-lock changes nothing in AWS: it reads volumes, load balancers and layout from the deployed stacks, and ' +
    'lists volumes that are in no stack. See docs/recovery.md.',
  flags: [
    'filename',
    'kustomize',
    'recursive',
    ...stackNameFlags,
    'skip',
    'rebuild-lock',
    'lock',
    ...waitFlags,
    ...awsFlags,
  ],
  operands: { least: 0, most: 1 },
  examples: [
    ['recover default-shop', 'After fixing the cause'],
    ['recover default-shop --skip WebGroup', 'Skip one resource'],
    ['recover -f manifests/ --rebuild-lock', 'After the loss of i2kit.lock.json'],
  ],
  usageProblems: waitFlagProblems,
  async run(context) {
    const stack = await selectStack(context);
    if (!stack.ok) return stack.problems[0];
    const aws = await context.aws();
    if (!context.values['rebuild-lock']) return aws.recover(context, stack.value);
    const { name } = await readConfig(context.io, context.values.config);
    const file = await readLockFile(context.io, { ...context.values, 'write-lock': true }, name);
    if (file.problems.length === 0) return aws.rebuildLock(context, stack.value, file);
    reportDiagnostics(context, await context.compiler(), file.problems, file.source ? [file.source] : []);
    return exit.input;
  },
};
