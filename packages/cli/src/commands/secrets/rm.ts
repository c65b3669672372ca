// `i2kit secrets rm`: deletes a secret, which can be restored for a time unless --force is given.

import type { Command, Context } from '../../context.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { confirmationProblems, problemIf } from '../shared/flagChecks.ts';
import { awsFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const secretsRm: Command = {
  usage: 'secrets rm NAME',
  summary: 'Delete a secret from Secrets Manager, after confirmation',
  description:
    "NAME is the Secret's name, NAMESPACE/NAME, or the full name. Pushing it again, or AWS, can restore the " +
    'secret during its recovery window; --force deletes it immediately. Machines that reference a deleted secret ' +
    'do not start.',
  flags: ['namespace', 'env', 'config', 'region', 'yes', 'recovery-window', 'force', ...awsFlags],
  operands: { least: 1, most: 1 },
  examples: [
    ['secrets rm db', 'Delete i2kit/default/default/db, which can be restored for 30 days'],
    ['secrets rm staging/db --env prod --force --yes', 'Immediately and permanently, without confirmation'],
  ],
  usageProblems(context) {
    const days = Number(context.values['recovery-window'] ?? 30);
    return [
      ...confirmationProblems(context),
      ...problemIf(
        !(Number.isInteger(days) && days >= 7 && days <= 30),
        '--recovery-window takes a number of days from 7 to 30.',
      ),
    ];
  },
  run,
};

async function run(context: Context) {
  const { io, values, operands } = context;
  const [word = ''] = operands;
  const named = await selectEnvironmentStack(context);
  if (!named.ok) return named.problems[0];
  const { foundationOf: env, region } = named.value;
  const parts = word.split('/');
  const [name, namespace = values.namespace ?? 'default'] = parts.reverse();
  if (!name || (parts.length > 2 && !word.startsWith(`i2kit/${env}/`))) {
    return reportUsageError(
      io,
      `NAME of a secret of ${env} is NAME, NAMESPACE/NAME or i2kit/${env}/NAMESPACE/NAME.`,
      'secrets rm',
    );
  }
  return (await context.aws()).removeSecret(context, { env, region, name: `i2kit/${env}/${namespace}/${name}` });
}
