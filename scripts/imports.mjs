// Every import of the sources: file, specifier, line and the repository file or package that it leads to.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const statement =
  /^[ \t]*(?:import|export)\b(?:[^'";]*?\bfrom)?[ \t\n]*(['"])([^'"\n]+)\1|\bimport\([ \t\n]*(['"`])([^'"`\n]+)\3[ \t\n]*\)/gm;

/** Paths of the tracked TypeScript sources, from the root. */
export function sourceFiles(root) {
  return execFileSync('git', ['ls-files', 'packages/*/src/*.ts'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '');
}

/** `{ specifier, line }` of each static, type-only and dynamic import and of each re-export of a text. */
export function importsIn(text) {
  return [...text.matchAll(statement)].map((match) => ({
    specifier: match[2] ?? match[4],
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** A path from the root for a relative specifier; the specifier itself for a package. */
export function targetOf(file, specifier) {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier;
}

/** All imports of the tree: `{ file, line, specifier, target }`. */
export function importsOf(root, files = sourceFiles(root)) {
  return files.flatMap((file) =>
    importsIn(readFileSync(join(root, file), 'utf8')).map((each) => ({
      ...each,
      file,
      target: targetOf(file, each.specifier),
    })),
  );
}
