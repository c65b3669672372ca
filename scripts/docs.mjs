// Writes the documentation that is generated from the source: docs/errors.md, docs/kubernetes.md, docs/reference/,
// docs/corpus.md (if the applications are present) and the tables of README.md.
// With --check it writes nothing and fails if one of them is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { corpus } from './docs/corpus.mjs';
import { errors } from './docs/errors.mjs';
import { facts } from './docs/facts.mjs';
import { kubernetes } from './docs/kubernetes.mjs';
import { readme } from './docs/readme.mjs';
import { reference } from './docs/reference.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The current text of each generated file, by its path from the root. */
export async function pages() {
  const known = await facts(root);
  const applications = corpus(known, root);
  return {
    ...(applications === undefined ? {} : { 'docs/corpus.md': applications }),
    'docs/errors.md': errors(known),
    'docs/kubernetes.md': kubernetes(known),
    ...reference(known),
    'README.md': readme(known, readFileSync(join(root, 'README.md'), 'utf8')),
  };
}

/** The files that do not hold it. */
export async function stalePages() {
  const read = (name) => {
    try {
      return readFileSync(join(root, name), 'utf8');
    } catch {
      return undefined;
    }
  };
  return Object.entries(await pages()).filter(([name, text]) => read(name) !== text);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check');
  const stale = await stalePages();
  for (const [name, text] of stale) {
    console.log(`${check ? 'stale' : 'renewed'}: ${name}`);
    if (check) continue;
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  process.exitCode = check && stale.length > 0 ? 1 : 0;
}
