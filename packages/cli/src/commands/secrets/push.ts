// `i2kit secrets push`: stores the manifests' Secrets in Secrets Manager, and their versions in the lock file.

import { readCompileInput, regionOf } from '../../compileInput.ts';
import { lockOutput, sameLock } from '../../config/lockFile.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import { writeFiles } from '../../output/writeFiles.ts';
import { awsFlags, inputFlags, stackNameFlags } from '../shared/flagGroups.ts';

export const secretsPush: Command = {
  usage: 'secrets push -f FILE …',
  summary: "Store the manifests' Secrets in Secrets Manager, and their versions in the lock file",
  description:
    'A Secret becomes i2kit/<env>/<namespace>/<name>. An equal value creates no new version. A new version goes ' +
    'to the lock file, so the next apply replaces the machines that reference it. Values are never printed.',
  flags: [...inputFlags, ...stackNameFlags, 'lock', 'kms-key', 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [
    ['secrets push -f secrets.yaml --app shop', 'Into the environment "default"'],
    [
      'sops decrypt secrets.yaml | i2kit secrets push -f - --app shop --env prod',
      'Manifests that are never stored in plain text',
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
