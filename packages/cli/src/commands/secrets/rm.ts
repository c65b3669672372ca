// `i2kit secrets rm`: removes a secret, restorable for a while unless it is forced.

import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { confirmationError } from '../shared/flagChecks.ts';
import { awsFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const secretsRm: Command = {
  usage: 'secrets rm NAME',
  summary: 'Remove a secret from Secrets Manager, after a yes',
  description:
    'NAME is that of the Secret, NAMESPACE/NAME, or the whole one. It can be restored (by pushing it again, or by AWS) until its recovery\n' +
    'window has passed; with --force it is gone at once. Machines that refer to it boot no more.',
  flags: ['namespace', 'env', 'config', 'region', 'yes', 'recovery-window', 'force', ...awsFlags],
  operands: { least: 1, most: 1 },
  examples: [
    ['secrets rm db', 'i2kit/default/default/db, which can be restored for 30 days'],
    ['secrets rm staging/db --env prod --force --yes', 'At once, for good, and without a question'],
  ],
  run,
};

async function run(context: Context) {
  const { io, values, operands } = context;
  const [word = ''] = operands;
  const days = Number(values['recovery-window'] ?? 30);
  const wrong =
    confirmationError(context) ??
    (Number.isInteger(days) && days >= 7 && days <= 30 ? undefined : '--recovery-window takes 7 to 30 days.');
  if (wrong !== undefined) return reportUsageError(io, wrong, 'secrets rm');
  const named = await selectEnvironmentStack(context);
  if (!named) return exit.input;
  const { foundationOf: env, region } = named;
  const parts = word.split('/');
  const [name, namespace = values.namespace ?? 'default'] = parts.reverse();
  if (!name || (parts.length > 2 && !word.startsWith(`i2kit/${env}/`))) {
    return reportUsageError(
      io,
      `A secret of ${env} is NAME, NAMESPACE/NAME or i2kit/${env}/NAMESPACE/NAME.`,
      'secrets rm',
    );
  }
  return (await context.aws()).removeSecret(context, { env, region, name: `i2kit/${env}/${namespace}/${name}` });
}
