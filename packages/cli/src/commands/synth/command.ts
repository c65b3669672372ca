// `i2kit synth`: compiles manifests to templates; needs no account and no network.

import { compileOffline, readCompileInput, regionOf } from '../../compileInput.ts';
import { frozenLockDiagnostics, lockOutput, sameLock } from '../../config/lockFile.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import { stackFormats, writeStacks } from '../../output/writeStacks.ts';
import { compileFlags, inputFlags } from '../shared/flagGroups.ts';
import { compileSummary } from './summary.ts';

export const synth: Command = {
  usage: 'synth -f FILE …',
  summary: 'Compile manifests into CloudFormation templates',
  description:
    'Prints the template of one stack, <env>-<app>, as JSON, or writes it with -d. The same input gives the same ' +
    'bytes, in any order of files. In a directory, i2kit.yaml, i2kit.lock.json and *.template.json are skipped.',
  flags: [...inputFlags, ...compileFlags, 'write-lock', 'output', 'dir'],
  outputFormats: stackFormats,
  examples: [
    ['synth -f manifests/', 'The template of all manifests in a directory'],
    ['synth -f web.yaml -f db.yaml --app shop -d out', 'out/default-shop.template.json'],
    [
      'synth -f manifests/ --env staging --image web=ami-0123456789abcdef0',
      'Another environment, with the image of one workload',
    ],
    ['synth -k overlays/prod -f extra.yaml --app shop', 'The output of Kustomize for a directory, and another file'],
    ['helm template shop/ | i2kit synth -f - --app shop', 'Manifests from standard input'],
  ],
  run,
};

async function run(context: Context) {
  const { io, values } = context;
  if (values['write-lock'] && values['frozen-lock'])
    return reportUsageError(io, '--write-lock and --frozen-lock exclude each other.', 'synth');
  const prepared = await readCompileInput(context);
  const { compiler, texts, options, lock } = prepared;
  const result = options && compileOffline(context, prepared, options);
  const diagnostics = [...prepared.problems, ...(result?.diagnostics ?? [])];
  if (!result?.ok || hasErrors(diagnostics)) {
    reportDiagnostics(context, compiler, diagnostics, texts);
    return exit.input;
  }
  const frozen = values['frozen-lock'] ? frozenLockDiagnostics(lock, result.lock) : [];
  const delivered =
    frozen.length > 0
      ? frozen
      : await writeStacks(context, result.stacks, values['write-lock'] ? lockOutput(lock, result.lock) : []);
  const all = [...diagnostics, ...delivered];
  reportDiagnostics(context, compiler, all, texts);
  if (hasErrors(all)) return exit.input;
  if (!values.quiet && (io.stdout.isTTY || values.dir !== undefined)) {
    const decided = !values['write-lock'] && !sameLock(lock.lock, result.lock);
    io.stderr.write(
      compileSummary(result.plan, result.stacks, {
        region: options && regionOf(io, options),
        missing: decided ? [`${lock.name} with the decisions of this run (--write-lock)`] : [],
      }),
    );
  }
  return exit.fine;
}
