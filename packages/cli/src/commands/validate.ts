// `i2kit validate`: reads and checks as synth does, and prints only diagnostics.

import { countText } from '@i2kit/common';
import { compileOffline, readCompileInput } from '../compileInput.ts';
import { frozenLockDiagnostics } from '../config/lockFile.ts';
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { diagnosticsJson, hasErrors, reportDiagnostics, severityCounts } from '../output/diagnostics.ts';
import { compileFlags, inputFlags } from './shared/flagGroups.ts';

export const validate: Command = {
  usage: 'validate -f FILE …',
  summary: 'Check manifests, and print errors with their places',
  description: 'Diagnostics go to standard error; with -o json to standard output, with file, line and column.',
  flags: [...inputFlags, ...compileFlags, 'output'],
  outputFormats: ['json'],
  examples: [
    ['validate -f manifests/', 'Every error and warning, with its line'],
    ['validate -f manifests/ -o json', 'The same for an editor or CI'],
  ],
  run,
};

async function run(context: Context) {
  const { io, values } = context;
  const prepared = await readCompileInput(context);
  const { compiler, sources, texts, problems, options, lock } = prepared;
  const result = options && compileOffline(context, prepared, options);
  const frozen = result?.ok && values['frozen-lock'] ? frozenLockDiagnostics(lock, result.lock) : [];
  const diagnostics = [...problems, ...(result?.diagnostics ?? []), ...frozen];
  if (values.output === 'json') {
    io.stdout.write(diagnosticsJson(compiler, diagnostics, texts));
  } else {
    reportDiagnostics(context, compiler, diagnostics, texts);
    if (!values.quiet) io.stdout.write(`${countText(sources.length, 'file')}: ${severityCounts(diagnostics)}\n`);
  }
  return hasErrors(diagnostics) ? exit.input : exit.fine;
}
