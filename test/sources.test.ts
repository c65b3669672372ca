// The form of source files: one header, which says what the file is for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from '../scripts/imports.mjs';

const root = new URL('..', import.meta.url).pathname;

/** Line comments that stand alone between blank lines, so that they describe a part of the file and no declaration. */
const secondHeader = /(?<=\n\n)(?:\/\/[^\n]*\n)+(?=\n)/g;

test('a part of a file has no header of its own: it is a file, or its declaration has the comment', () => {
  expect("// A file.\n\nimport 'a';\n\n// A part.\n// Of it.\n\nexport const b = 1;\n".match(secondHeader)).toEqual([
    '// A part.\n// Of it.\n',
  ]);
  const found = sourceFiles(root)
    .filter((file) => !file.includes('/generated/'))
    .flatMap((file) =>
      (readFileSync(join(root, file), 'utf8').match(secondHeader) ?? []).map((text) => `${file}: ${text}`),
    );
  expect(found).toEqual([]);
});
