// Loads the tables that documentation is generated from: codes, kinds, field support, annotations, commands, flags,
// settings; and the compiler.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const tables = `
export { catalog } from './packages/compiler/src/catalog.ts';
export { compile } from './packages/compiler/src/compile.ts';
export { positionsIn } from './packages/compiler/src/render.ts';
export { kinds } from './packages/compiler/src/kinds/index.ts';
export { unsupportedKinds } from './packages/compiler/src/kinds/unsupportedKinds.ts';
export { fieldSupport } from './packages/compiler/src/kinds/fieldSupport.ts';
export { annotations } from './packages/compiler/src/annotations/index.ts';
export { commands } from './packages/cli/src/commands/index.ts';
export { graphOf, mermaid } from './packages/review/src/index.ts';
export { globalFlags, flags } from './packages/cli/src/flags.ts';
export { changes, guardTable } from './packages/cli/src/guardTable.ts';
`;

/** They are not public, so they are bundled from the source as the command line is. */
export async function facts(root) {
  const scratch = mkdtempSync(join(tmpdir(), 'i2kit-docs-'));
  const outfile = join(scratch, 'tables.cjs');
  try {
    await build({
      stdin: { contents: tables, resolveDir: root, loader: 'ts' },
      bundle: true,
      outfile,
      format: 'cjs',
      platform: 'node',
      conditions: ['source'],
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(outfile).href) },
      logLevel: 'error',
    });
    const settings = JSON.parse(readFileSync(join(root, 'packages/cli/schema/config.schema.json'), 'utf8')).properties;
    const voting = JSON.parse(readFileSync(join(root, 'templates/voting/default-voting.template.json'), 'utf8'));
    return { ...createRequire(import.meta.url)(outfile), settings, voting };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
