// `i2kit secrets push`: puts the Secrets of manifests into Secrets Manager, and their versions into the lock file.
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { failed, report } from '../output/report.ts';
import { writeAll } from '../output/write.ts';
import { prepare, regionOf } from '../prepare.ts';
import { sameLock } from '../settings/lock-text.ts';
import { lockOutput } from '../settings/lock-write.ts';
import { account, input, naming } from './shared.ts';

export const secretsPush: Command = {
  usage: 'secrets push -f FILE …',
  summary: 'Put the Secrets of manifests into Secrets Manager, and their versions into the lock file',
  description:
    'A Secret becomes i2kit/<env>/<namespace>/<name>. An equal value makes no new version. A new one is in the lock file, so that the next\n' +
    'apply rolls the machines that refer to it. Values are shown nowhere.',
  flags: [...input, ...naming, 'lock', 'kms-key', 'output', ...account],
  outputs: ['json'],
  examples: [
    ['secrets push -f secrets.yaml --app shop', 'Into the environment "default"'],
    ['sops decrypt secrets.yaml | i2kit secrets push -f - --app shop --env prod', 'Manifests that no file holds in the clear'],
  ],
  run,
};

async function run(context: Context) {
  const { io } = context;
  const prepared = await prepare({ ...context, values: { ...context.values, 'write-lock': true } });
  const { compiler, sources, texts, options, lock } = prepared;
  const result = options && compiler.secretsOf(sources, options);
  const diagnostics = [...prepared.problems, ...(result?.diagnostics ?? [])];
  report(context, compiler, diagnostics, texts);
  if (!options || !result?.ok || failed(diagnostics)) return exit.input;
  const { app, env } = options;
  const asked = { app, env, region: regionOf(io, options), secrets: result.secrets };
  const { code, versions } = await (await context.aws()).pushSecrets(context, asked);
  const next = { ...lock.lock, version: 1 as const, secrets: { ...lock.lock?.secrets, ...versions } };
  const unwritten = sameLock(lock.lock, next) ? [] : writeAll(io, lockOutput(lock, next));
  report(context, compiler, unwritten, []);
  return unwritten.length > 0 ? exit.input : code;
}
