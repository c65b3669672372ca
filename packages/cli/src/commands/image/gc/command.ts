// `i2kit image gc`: removes images and snapshots that nothing refers to.

import type { Command } from '../../../context.ts';
import { parseDuration } from '../../../duration.ts';
import { exit } from '../../../exit.ts';
import { reportUsageError } from '../../../help/usageError.ts';
import { confirmationError } from '../../shared/flagChecks.ts';
import { awsFlags } from '../../shared/flagGroups.ts';
import { imageFlagsError, readImageScope } from '../input.ts';

export const imageGc: Command = {
  usage: 'image gc',
  summary: 'Remove images that nothing refers to, after showing which',
  description:
    'Kept is what the lock file, a machine, or one of the newest two versions of a launch template names, what is shared with another account, ' +
    'the newest unused ones (--keep), and what is younger than a day (--older-than). Snapshots of imports that were never finished go, too.',
  flags: ['env', 'config', 'region', 'lock', 'regions', 'keep', 'older-than', 'dry-run', 'yes', 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [
    ['image gc --dry-run', 'Only show'],
    ['image gc --keep 0 --yes', 'In CI: everything that is unused and older than a day'],
  ],
  async run(context) {
    const older = context.values['older-than'];
    const wrong =
      (older !== undefined && parseDuration(older) === undefined
        ? `--older-than takes 90s, 30m or 2h, not '${older}'.`
        : undefined) ??
      imageFlagsError(context) ??
      (context.values['dry-run'] ? undefined : confirmationError(context));
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'image gc');
    const scope = await readImageScope(context);
    return scope ? (await context.images()).gc(context, scope) : exit.input;
  },
};
