// `i2kit rollback`: goes back to a template that an earlier apply executed.

import type { Command } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { confirmationError, waitFlagsError } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const rollback: Command = {
  usage: 'rollback [STACK] --to N|HASH',
  summary: 'Go back to what an earlier apply executed: show what would change, and after a yes change it',
  description:
    'The revision is one that `i2kit history` shows, or the beginning of the hash of its template. It is reviewed, guarded and executed as\n' +
    'apply does it, and becomes a revision of its own. The manifests stay as they are: the next apply of them goes forward again.',
  flags: [
    'to',
    'filename',
    'kustomize',
    'recursive',
    ...stackNameFlags,
    'review',
    'save-review',
    'yes',
    ...waitFlags,
    'detach',
    'cancel-on-interrupt',
    'rollback',
    'allow-replace',
    'allow-rights',
    'allow-network',
    'role-arn',
    ...awsFlags,
  ],
  operands: { least: 0, most: 1 },
  examples: [
    ['rollback default-shop --to 3', 'The third revision: show, ask, and do'],
    ['rollback -f manifests/ --to 1a2b3c4d --yes', 'By the hash of its template, without a question'],
    ['rollback default-shop --to 3 --save-review back.json', 'Only show, and keep what was shown'],
  ],
  async run(context) {
    const { io, values } = context;
    const saves = values['save-review'] !== undefined;
    const wrong =
      waitFlagsError(context) ??
      (values.to === undefined ? '--to says which revision: `i2kit history` shows them.' : undefined) ??
      (saves && values.review !== undefined ? '--review and --save-review exclude each other.' : undefined) ??
      (saves || values.review !== undefined ? undefined : confirmationError(context));
    if (wrong !== undefined) return reportUsageError(io, wrong, 'rollback');
    const stack = await selectStack(context);
    return stack ? (await context.aws()).rollback(context, stack) : exit.input;
  },
};
