// One way to fail: values are outcomes, thrown errors are one tree (ARCHITECTURE.md, "Failures").
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from '../scripts/imports.mjs';

const root = new URL('..', import.meta.url).pathname;

/** Patterns that no source may contain, and the only file that may. */
const rules = [
  {
    name: 'a class of errors outside of the tree',
    pattern: /\bextends (?:Error|TypeError|RangeError)\b/,
    except: 'packages/common/src/errors.ts',
    planted: 'class Lost extends Error {}',
  },
  {
    name: 'a failure that is no outcome',
    pattern:
      /\{ (?:readonly )?(?:wrong|problem|stopped)\??: [^}]*\}(?= ?[|;>)]| \|)|\| \{ (?:readonly )?(?:wrong|problem|stopped)\b/,
    planted: 'type Read = { readonly id: string } | { readonly wrong: string };',
  },
  {
    name: 'a thrown value that is no error',
    pattern: /\bthrow (?:\{|['"`]|result\b)/,
    planted: "throw { message: 'no' };",
  },
] as const;

const found = (pattern: RegExp, except?: string) =>
  sourceFiles(root)
    .filter((file) => file !== except && !file.includes('/generated/'))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );

test.each(rules)('no source has $name', ({ pattern, planted, ...rest }) => {
  expect(pattern.test(planted)).toBe(true);
  expect(found(pattern, 'except' in rest ? rest.except : undefined)).toEqual([]);
});
