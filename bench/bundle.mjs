// Bundles the program that compiles many apps in one process. It has no cache of compiled code, unlike the command
// line.
import { join } from 'node:path';
import { build } from 'esbuild';

export async function bundle(root, cache) {
  const outfile = join(cache, 'compile.cjs');
  await build({
    entryPoints: [join(root, 'bench/compile.mjs')],
    bundle: true,
    outfile,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    conditions: ['source'],
    alias: { fflate: 'fflate/browser' },
    logLevel: 'error',
  });
  return outfile;
}
