// Writes src/generated/said.js: of each kind's ledger (src/ledgers), the part of which something is said, laid out for one walk.
// Every build runs it, so that compiling loads no ledger.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'i2kit-ledgers-'));
const outfile = join(scratch, 'ledgers.mjs');
const contents = "export { ledgers } from './src/kinds/fields/index.ts'; export { trieOf } from './src/2-check/pathTrie.ts';";
await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, bundle: true, format: 'esm', outfile, logLevel: 'error' });
const { ledgers, trieOf } = await import(pathToFileURL(outfile).href);
rmSync(scratch, { recursive: true });

const isSaid = (entry) => ('refused' in entry || 'warned' in entry) && entry.byRule !== true;
const below = (node) => [...Object.values(node.fields ?? {}), node.items, node.values].filter((next) => next !== undefined);

/** The one code of all that is at and below a node; undefined where there are several, or something that is not said. */
function onlyCode(node) {
  const codes = new Set(below(node).map(onlyCode));
  if (node.entry !== undefined) codes.add(isSaid(node.entry) ? (node.entry.refused ?? node.entry.warned) : undefined);
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** The node without what nothing is said of; undefined where that is all of it. */
function pruned(node) {
  const fields = Object.entries(node.fields ?? {}).flatMap(([name, next]) => entryOf(name, pruned(next)));
  const parts = {
    ...(node.entry !== undefined && isSaid(node.entry) ? { entry: node.entry } : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...Object.fromEntries(['items', 'values'].flatMap((side) => entryOf(side, node[side] && pruned(node[side])))),
  };
  if (Object.keys(parts).length === 0) return undefined;
  return onlyCode(node) === undefined ? parts : { ...parts, whole: true };
}
const entryOf = (name, value) => (value === undefined ? [] : [[name, value]]);

const said = Object.fromEntries(Object.entries(ledgers).flatMap(([kind, ledger]) => entryOf(kind, pruned(trieOf(ledger)))));
writeFileSync(join(root, 'src/generated/said.js'), `export const said = ${JSON.stringify(said)};\n`);
writeFileSync(
  join(root, 'src/generated/said.d.ts'),
  `import type { SaidNode } from '../2-check/ledger.ts';
import type { Kind } from '../kinds/kind.ts';

export declare const said: { readonly [K in Kind]?: SaidNode };
`,
);
