// `i2kit image gc`: deletes unused images and snapshots.

import type { Command } from '../../../context.ts';
import { confirmationProblems, durationProblems } from '../../shared/flagChecks.ts';
import { awsFlags } from '../../shared/flagGroups.ts';
import { imageFlagProblems, readImageScope } from '../input.ts';

export const imageGc: Command = {
  usage: 'image gc',
  summary: 'Show unused images, ask for confirmation, delete them',
  description:
    'Keeps images that the lock file, a machine, or one of the newest two versions of a launch template uses, ' +
    'images shared with other accounts, the newest unused ones (--keep), and recent ones (--older-than). Also ' +
    'deletes snapshots of unfinished imports.',
  flags: ['env', 'config', 'region', 'lock', 'regions', 'keep', 'older-than', 'dry-run', 'yes', 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [
    ['image gc --dry-run', 'Only show'],
    ['image gc --keep 0 --yes', 'In CI: delete everything unused and older than a day'],
  ],
  usageProblems: (context) => [
    ...durationProblems('older-than', context.values['older-than'], '90s, 30m or 2h'),
    ...imageFlagProblems(context),
    ...(context.values['dry-run'] ? [] : confirmationProblems(context)),
  ],
  async run(context) {
    const scope = await readImageScope(context);
    return scope.ok ? (await context.images()).gc(context, scope.value) : scope.problems[0];
  },
};
