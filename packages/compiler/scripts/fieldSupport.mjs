// Writes src/generated/reportedFields.js: the refused and warned fields of each kind (src/kinds/*.ts) as one tree.
// Every build runs it, so that compiling does not load the tables of field support.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'i2kit-fields-'));
const outfile = join(scratch, 'fields.mjs');
const contents =
  "export { fieldSupport } from './src/kinds/fieldSupport.ts'; export { trieOf } from './src/2-check/pathTrie.ts';";
await build({
  stdin: { contents, resolveDir: root, loader: 'ts' },
  bundle: true,
  format: 'esm',
  outfile,
  conditions: ['source'],
  logLevel: 'error',
});
const { fieldSupport, trieOf } = await import(pathToFileURL(outfile).href);
rmSync(scratch, { recursive: true });

const isReported = (entry) => ('refused' in entry || 'warned' in entry) && entry.byRule !== true;
const below = (node) =>
  [...Object.values(node.fields ?? {}), node.items, node.values].filter((next) => next !== undefined);

/** The one code of all that is at and below a node; undefined where there are several, or a field that is not reported. */
function onlyCode(node) {
  const codes = new Set(below(node).map(onlyCode));
  if (node.entry !== undefined)
    codes.add(isReported(node.entry) ? (node.entry.refused ?? node.entry.warned) : undefined);
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** The node without unreported fields; undefined where none is reported. */
function pruned(node) {
  const fields = Object.entries(node.fields ?? {}).flatMap(([name, next]) => entryOf(name, pruned(next)));
  const parts = {
    ...(node.entry !== undefined && isReported(node.entry) ? { entry: node.entry } : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...Object.fromEntries(['items', 'values'].flatMap((side) => entryOf(side, node[side] && pruned(node[side])))),
  };
  if (Object.keys(parts).length === 0) return undefined;
  return onlyCode(node) === undefined ? parts : { ...parts, whole: true };
}
const entryOf = (name, value) => (value === undefined ? [] : [[name, value]]);

const reportedFields = Object.fromEntries(
  Object.entries(fieldSupport).flatMap(([kind, fields]) => entryOf(kind, pruned(trieOf(fields)))),
);
writeFileSync(
  join(root, 'src/generated/reportedFields.js'),
  `export const reportedFields = ${JSON.stringify(reportedFields)};\n`,
);
writeFileSync(
  join(root, 'src/generated/reportedFields.d.ts'),
  `import type { ReportedFieldNode } from '../2-check/fieldSupport.ts';
import type { Kind } from '../kinds/index.ts';

export declare const reportedFields: { readonly [K in Kind]?: ReportedFieldNode };
`,
);
