// Takes out of ajv's code what none of our readers uses, so that the checks of all kinds load in a few milliseconds.
import { transformSync } from 'esbuild';

/** Each of these must be found, so that a new ajv whose text differs is noticed rather than left fat. */
const REWRITES = [
  // Where in our schema an error comes from.
  [/schemaPath:"[^"]*",/g, ''],
  // The parent of the value; only custom keywords would read it.
  [/,parentData:\w+,parentDataProperty:[^,{}]+,rootData\}/g, '}'],
  [/, parentData, parentDataProperty, rootData=data\}/g, '}'],
  // Two short calls instead of the same two branches some two thousand times.
  [
    /const (err\d+) = (\{.*?\});if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
    'vErrors = push(vErrors, $2);errors++;',
  ],
  [
    /vErrors = vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\);/g,
    'vErrors = concat(vErrors, $1.errors);',
  ],
];

const HELPERS = `
const push = (errors, error) => { if (errors === null) return [error]; errors.push(error); return errors; };
const concat = (errors, more) => errors === null ? more : errors.concat(more);
`;

export function lean(code) {
  const text = REWRITES.reduce((from, [pattern, to]) => {
    const into = from.replace(pattern, to);
    if (into === from) throw new Error(`ajv writes nothing like ${pattern} any more`);
    return into;
  }, code);
  // Shaking the tree drops the schemas' own text, which ajv keeps for keywords that we do not use.
  return transformSync(HELPERS + text, { format: 'esm', target: 'es2022', treeShaking: true, minify: true }).code;
}
