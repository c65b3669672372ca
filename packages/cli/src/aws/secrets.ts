// Secrets Manager, as the commands `secrets …` use it: names, versions and outcomes are printed, values never.

import type { SecretObject } from '@i2kit/compiler';
import { currentVersion, type Pushed, printable, pushSecret, type SecretState, secretLimit, secretsPort, secretText } from '@i2kit/runner';
import type { Aws, PushedSecrets, Referring, SecretsAsked } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { problem } from '../problem.ts';
import { agreed } from './ask.ts';
import { sdkOptions } from './connect.ts';
import { guarded } from './failure.ts';
import { interruptible } from './interrupt.ts';

export const pushSecrets: Aws['pushSecrets'] = async (context, asked): Promise<PushedSecrets> => {
  const versions: Record<string, string> = {};
  const code = await guarded(push)(context, asked, ({ name, version }) => {
    versions[name] = version;
  });
  return { code, versions };
};

type Asked = Parameters<Aws['pushSecrets']>[1];

async function push(context: Context, { app, env, region, secrets }: Asked, keep: (pushed: Pushed) => void): Promise<Exit> {
  const { io, values } = context;
  const large = secrets.filter((secret) => Buffer.byteLength(secretText(secret.values)) > secretLimit).map(tooLarge);
  if (large.length > 0) {
    report(context, await context.compiler(), large, []);
    return exit.input;
  }
  const port = await secretsPort(await sdkOptions(context, region));
  const done: Pushed[] = [];
  try {
    for (const { name, values: value, object } of secrets) {
      const tags = {
        'i2kit:app': app,
        'i2kit:env': env,
        'i2kit:kind': 'Secret',
        'i2kit:namespace': object.namespace,
        'i2kit:name': object.name,
      };
      const kmsKey = values['kms-key'];
      const pushed = await pushSecret(port, { name, values: value, tags, ...(kmsKey !== undefined && { kmsKey }) });
      keep(pushed);
      done.push(pushed);
      if (values.output !== 'json') io.stdout.write(`${pushed.outcome.padEnd(9)}  ${printable(name)}  ${pushed.version}\n`);
    }
  } finally {
    port.close();
  }
  if (values.output === 'json') io.stdout.write(`${JSON.stringify({ version: 1, secrets: done }, null, 2)}\n`);
  if (secrets.length === 0 && !values.quiet) io.stderr.write('The input holds no Secret: there was nothing to push.\n');
  return exit.fine;
}

const tooLarge = ({ object, values }: SecretObject) => ({
  ...problem(
    'I2K765',
    `${object.namespace}/${object.name} takes ${Buffer.byteLength(secretText(values))} bytes in Secrets Manager, over ${secretLimit}`,
    {
      source: object.source,
      hint: 'split it',
    },
  ),
  object,
});

interface Listed {
  readonly name: string;
  readonly state: 'present' | 'missing' | 'deleted' | 'empty';
  readonly version?: string;
  readonly locked?: string;
  readonly referredBy: readonly string[];
}

export async function listSecrets(
  context: Context,
  { env, region, referring }: SecretsAsked & { readonly referring: Referring },
): Promise<Exit> {
  const { io, values } = context;
  const port = await secretsPort(await sdkOptions(context, region));
  try {
    const found = new Map((await port.list(`i2kit/${env}/`)).map((state) => [state.name, state]));
    const names = [...new Set([...found.keys(), ...Object.keys(referring)])].sort();
    const rows = names.map((name) => listed(name, found.get(name), referring));
    io.stdout.write(values.output === 'json' ? `${JSON.stringify({ version: 1, env, secrets: rows }, null, 2)}\n` : table(rows));
    return exit.fine;
  } finally {
    port.close();
  }
}

function listed(name: string, state: SecretState | undefined, referring: Referring): Listed {
  const { by = [], locked } = referring[name] ?? {};
  const version = state && currentVersion(state);
  return {
    name,
    state: state === undefined ? 'missing' : state.deleted ? 'deleted' : version === undefined ? 'empty' : 'present',
    ...(version !== undefined && { version }),
    ...(locked !== undefined && { locked }),
    referredBy: by,
  };
}

function table(rows: readonly Listed[]): string {
  const lock = ({ version, locked }: Listed) => (locked === undefined ? '-' : locked === version ? 'current' : 'other');
  const cells = rows.map((row) => [row.name, row.state, row.version ?? '-', lock(row), row.referredBy.join(', ') || '-']);
  const all = cells.length === 0 ? [] : [['SECRET', 'STATE', 'VERSION', 'LOCK', 'REFERRED TO BY'], ...cells];
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...all.map((row) => row[at]?.length ?? 0)));
  return all.map((row) => `${printable(row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).trimEnd()}\n`).join('');
}

export async function removeSecret(context: Context, { region, name }: SecretsAsked & { readonly name: string }): Promise<Exit> {
  const { io, values } = context;
  const port = await secretsPort(await sdkOptions(context, region));
  const interrupt = interruptible(io);
  const days = values.force ? 0 : Number(values['recovery-window'] ?? 30);
  try {
    const found = await port.describe(name);
    if (!found || (found.deleted && days > 0)) {
      io.stderr.write(found ? `${printable(name)} is on its way out already.\n` : `There is no secret ${printable(name)}.\n`);
      return exit.fine;
    }
    const how = days === 0 ? 'at once, and for good' : `after ${days} days, in which it can be restored`;
    if (!(await agreed(context, `Remove ${printable(name)}, ${how}?`, interrupt.signal))) {
      io.stderr.write('Nothing was changed.\n');
      return interrupt.signal.aborted ? exit.interrupted : exit.refused;
    }
    await port.remove(name, days);
    if (!values.quiet) io.stderr.write(`${printable(name)} is removed ${how}.\n`);
    return exit.fine;
  } finally {
    interrupt.release();
    port.close();
  }
}
