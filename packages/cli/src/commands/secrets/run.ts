// Runs the commands `secrets …`: prints names, versions and outcomes, never values.

import type { SecretObject } from '@i2kit/compiler';
import {
  currentVersionOf,
  maxSecretBytes,
  type PushedSecret,
  printable,
  pushSecret,
  type SecretState,
  secretsAdapter,
  secretText,
} from '@i2kit/runner';
import { resolveSdkOptions } from '../../aws/connection.ts';
import { reportingAwsErrors } from '../../aws/failures.ts';
import type { Context } from '../../context.ts';
import { diagnosticAt } from '../../diagnostic.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { confirm } from '../../output/confirm.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { Aws, PushedSecrets, SecretReferences, SecretsScope } from '../../ports/aws.ts';

export const pushSecrets: Aws['pushSecrets'] = async (context, asked): Promise<PushedSecrets> => {
  const versions: Record<string, string> = {};
  const code = await reportingAwsErrors(pushEach)(context, asked, ({ name, version }) => {
    versions[name] = version;
  });
  return { code, versions };
};

type PushRequest = Parameters<Aws['pushSecrets']>[1];

async function pushEach(
  context: Context,
  { app, env, region, secrets }: PushRequest,
  keep: (pushed: PushedSecret) => void,
): Promise<ExitCode> {
  const { io, values } = context;
  const large = secrets
    .filter((secret) => Buffer.byteLength(secretText(secret.values)) > maxSecretBytes)
    .map(tooLargeDiagnostic);
  if (large.length > 0) {
    reportDiagnostics(context, await context.compiler(), large, []);
    return exit.input;
  }
  const port = await secretsAdapter(await resolveSdkOptions(context, region));
  const done: PushedSecret[] = [];
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
      if (values.output !== 'json')
        io.stdout.write(`${pushed.outcome.padEnd(9)}  ${printable(name)}  ${pushed.version}\n`);
    }
  } finally {
    port.close();
  }
  if (values.output === 'json') io.stdout.write(`${JSON.stringify({ version: 1, secrets: done }, null, 2)}\n`);
  if (secrets.length === 0 && !values.quiet) io.stderr.write('The input contains no Secrets; nothing was pushed.\n');
  return exit.fine;
}

const tooLargeDiagnostic = ({ object, values }: SecretObject) => ({
  ...diagnosticAt(
    'I2K765',
    `${object.namespace}/${object.name} has ${Buffer.byteLength(secretText(values))} bytes in Secrets Manager, ` +
      `over the limit of ${maxSecretBytes}`,
    {
      source: object.source,
      hint: 'split it',
    },
  ),
  object,
});

interface SecretRow {
  readonly name: string;
  readonly state: 'present' | 'missing' | 'deleted' | 'empty';
  readonly version?: string;
  readonly locked?: string;
  readonly referredBy: readonly string[];
}

export async function listSecrets(
  context: Context,
  { env, region, referring }: SecretsScope & { readonly referring: SecretReferences },
): Promise<ExitCode> {
  const { io, values } = context;
  const port = await secretsAdapter(await resolveSdkOptions(context, region));
  try {
    const found = new Map((await port.list(`i2kit/${env}/`)).map((state) => [state.name, state]));
    const names = [...new Set([...found.keys(), ...Object.keys(referring)])].sort();
    const rows = names.map((name) => secretRow(name, found.get(name), referring));
    io.stdout.write(
      values.output === 'json' ? `${JSON.stringify({ version: 1, env, secrets: rows }, null, 2)}\n` : secretTable(rows),
    );
    return exit.fine;
  } finally {
    port.close();
  }
}

function secretRow(name: string, state: SecretState | undefined, referring: SecretReferences): SecretRow {
  const { by = [], locked } = referring[name] ?? {};
  const version = state && currentVersionOf(state);
  return {
    name,
    state:
      state === undefined ? 'missing' : state.pendingDeletion ? 'deleted' : version === undefined ? 'empty' : 'present',
    ...(version !== undefined && { version }),
    ...(locked !== undefined && { locked }),
    referredBy: by,
  };
}

function secretTable(rows: readonly SecretRow[]): string {
  const lock = ({ version, locked }: SecretRow) =>
    locked === undefined ? '-' : locked === version ? 'current' : 'other';
  const cells = rows.map((row) => [
    row.name,
    row.state,
    row.version ?? '-',
    lock(row),
    row.referredBy.join(', ') || '-',
  ]);
  const all = cells.length === 0 ? [] : [['SECRET', 'STATE', 'VERSION', 'LOCK', 'REFERRED TO BY'], ...cells];
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) => `${printable(row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).trimEnd()}\n`)
    .join('');
}

export async function removeSecret(
  context: Context,
  { region, name }: SecretsScope & { readonly name: string },
): Promise<ExitCode> {
  const { io, values } = context;
  const port = await secretsAdapter(await resolveSdkOptions(context, region));
  const interrupt = listenForInterrupt(io);
  const days = values.force ? 0 : Number(values['recovery-window'] ?? 30);
  try {
    const found = await port.describe(name);
    if (!found || (found.pendingDeletion && days > 0)) {
      io.stderr.write(
        found ? `${printable(name)} is already scheduled for deletion.\n` : `There is no secret ${printable(name)}.\n`,
      );
      return exit.fine;
    }
    const how = days === 0 ? 'immediately and permanently' : `after ${days} days, in which it can be restored`;
    if (!(await confirm(context, `Delete ${printable(name)} ${how}?`, interrupt.signal))) {
      io.stderr.write('Nothing was changed.\n');
      return interrupt.signal.aborted ? exit.interrupted : exit.refused;
    }
    await port.remove(name, days);
    if (!values.quiet) io.stderr.write(`${printable(name)} is deleted ${how}.\n`);
    return exit.fine;
  } finally {
    interrupt.release();
    port.close();
  }
}
