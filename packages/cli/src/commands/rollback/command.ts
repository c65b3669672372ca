// `i2kit rollback`: returns to a revision that an earlier apply executed.

import type { Command } from '../../context.ts';
import { confirmationProblems, problemIf, waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags, waitFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const rollback: Command = {
  usage: 'rollback [STACK] --to N|HASH',
  summary: 'Return to an earlier revision: show the changes, ask for confirmation, deploy',
  description:
    "`i2kit history` lists revisions; a revision's number or the beginning of its template's hash selects it. " +
    'Review, guards and execution are those of apply, and the result is a new revision. The manifests do not ' +
    'change: the next apply deploys them again.',
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
    'allow-removal',
    'take-name',
    'role-arn',
    ...awsFlags,
  ],
  operands: { least: 0, most: 1 },
  examples: [
    ['rollback default-shop --to 3', 'The third revision: show the changes, ask, deploy'],
    ['rollback -f manifests/ --to 1a2b3c4d --yes', 'By the hash of its template, without confirmation'],
    ['rollback default-shop --to 3 --save-review back.json', 'Only show the changes, and save the review'],
  ],
  usageProblems(context) {
    const { to, review, 'save-review': saved } = context.values;
    return [
      ...waitFlagProblems(context),
      ...problemIf(to === undefined, "--to takes a revision; 'i2kit history' lists them."),
      ...problemIf(saved !== undefined && review !== undefined, '--review and --save-review exclude each other.'),
      ...(saved !== undefined || review !== undefined ? [] : confirmationProblems(context)),
    ];
  },
  async run(context) {
    const stack = await selectStack(context);
    return stack.ok ? (await context.aws()).rollback(context, stack.value) : stack.problems[0];
  },
};
