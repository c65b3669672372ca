// `i2kit rollback`: goes back to a template that an earlier apply executed.
import { unaskable, wrongWaiting } from '../asking.ts';
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { named } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account, naming, waiting } from './shared.ts';

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
    ...naming,
    'review',
    'save-review',
    'yes',
    ...waiting,
    'detach',
    'cancel-on-interrupt',
    'rollback',
    'allow-replace',
    'allow-rights',
    'allow-network',
    'role-arn',
    ...account,
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
      wrongWaiting(context) ??
      (values.to === undefined ? '--to says which revision: `i2kit history` shows them.' : undefined) ??
      (saves && values.review !== undefined ? '--review and --save-review exclude each other.' : undefined) ??
      (saves || values.review !== undefined ? undefined : unaskable(context));
    if (wrong !== undefined) return wrongUsage(io, wrong, 'rollback');
    const stack = await named(context);
    return stack ? (await context.aws()).rollback(context, stack) : exit.input;
  },
};
