// `i2kit secrets rm`: removes a secret, restorable for a while unless it is forced.
import { unaskable } from '../asking.ts';
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { environment } from '../named.ts';
import { wrongUsage } from '../usage.ts';
import { account } from './shared.ts';

export const secretsRm: Command = {
  usage: 'secrets rm NAME',
  summary: 'Remove a secret from Secrets Manager, after a yes',
  description:
    'NAME is that of the Secret, NAMESPACE/NAME, or the whole one. It can be restored (by pushing it again, or by AWS) until its recovery\n' +
    'window has passed; with --force it is gone at once. Machines that refer to it boot no more.',
  flags: ['namespace', 'env', 'config', 'region', 'yes', 'recovery-window', 'force', ...account],
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
    unaskable(context) ?? (Number.isInteger(days) && days >= 7 && days <= 30 ? undefined : '--recovery-window takes 7 to 30 days.');
  if (wrong !== undefined) return wrongUsage(io, wrong, 'secrets rm');
  const named = await environment(context);
  if (!named) return exit.input;
  const { foundationOf: env, region } = named;
  const parts = word.split('/');
  const [name, namespace = values.namespace ?? 'default'] = parts.reverse();
  if (!name || (parts.length > 2 && !word.startsWith(`i2kit/${env}/`))) {
    return wrongUsage(io, `A secret of ${env} is NAME, NAMESPACE/NAME or i2kit/${env}/NAMESPACE/NAME.`, 'secrets rm');
  }
  return (await context.aws()).removeSecret(context, { env, region, name: `i2kit/${env}/${namespace}/${name}` });
}
