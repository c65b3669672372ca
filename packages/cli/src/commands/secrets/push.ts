// `i2kit secrets push`: puts the Secrets of manifests into Secrets Manager, and their versions into the lock file.

import { readCompileInput, regionOf } from '../../compileInput.ts';
import { lockOutput, sameLock } from '../../config/lockFile.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import { writeFiles } from '../../output/writeFiles.ts';
import { awsFlags, inputFlags, stackNameFlags } from '../shared/flagGroups.ts';

export const secretsPush: Command = {
  usage: 'secrets push -f FILE …',
  summary: 'Put the Secrets of manifests into Secrets Manager, and their versions into the lock file',
  description:
    'A Secret becomes i2kit/<env>/<namespace>/<name>. An equal value makes no new version. A new one is in the lock file, so that the next\n' +
    'apply rolls the machines that refer to it. Values are shown nowhere.',
  flags: [...inputFlags, ...stackNameFlags, 'lock', 'kms-key', 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [
    ['secrets push -f secrets.yaml --app shop', 'Into the environment "default"'],
    [
      'sops decrypt secrets.yaml | i2kit secrets push -f - --app shop --env prod',
      'Manifests that no file holds in the clear',
    ],
  ],
  run,
};

async function run(context: Context) {
  const { io } = context;
  const prepared = await readCompileInput({ ...context, values: { ...context.values, 'write-lock': true } });
  const { compiler, sources, texts, options, lock } = prepared;
  const result = options && compiler.secretsOf(sources, options);
  const diagnostics = [...prepared.problems, ...(result?.diagnostics ?? [])];
  reportDiagnostics(context, compiler, diagnostics, texts);
  if (!options || !result?.ok || hasErrors(diagnostics)) return exit.input;
  const { app, env } = options;
  const asked = { app, env, region: regionOf(io, options), secrets: result.secrets };
  const { code, versions } = await (await context.aws()).pushSecrets(context, asked);
  const next = { ...lock.lock, version: 1 as const, secrets: { ...lock.lock?.secrets, ...versions } };
  const unwritten = sameLock(lock.lock, next) ? [] : writeFiles(io, lockOutput(lock, next));
  reportDiagnostics(context, compiler, unwritten, []);
  return unwritten.length > 0 ? exit.input : code;
}
