// One way to fail: values are outcomes, thrown errors are one tree (ARCHITECTURE.md, "Failures").
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from '../scripts/imports.mjs';

const root = new URL('..', import.meta.url).pathname;

/** Patterns over whole files that no source may contain, what each would see, and where it is allowed or does not apply. */
const rules = [
  {
    name: 'a class of errors outside of the tree',
    pattern: /\bextends (?:Error|TypeError|RangeError)\b/g,
    except: /^packages\/common\/src\/errors\.ts$/,
    planted: ['class Lost extends Error {}'],
  },
  {
    name: 'a failure that is no outcome',
    pattern:
      /\{ (?:readonly )?(?:wrong|problem|stopped)\??: [^}]*\}(?= ?[|;>)]| \|)|\| \{ (?:readonly )?(?:wrong|problem|stopped)\b/g,
    planted: ['type Read = { readonly id: string } | { readonly wrong: string };'],
  },
  {
    name: 'a thrown value that is no error',
    pattern: /\bthrow (?:\{|['"`]|result\b)/g,
    planted: ["throw { message: 'no' };"],
  },
  {
    name: 'a field for one optional failure, where `problems` is the list',
    pattern: /\breadonly (?:wrong|problem|failure)\??: /g,
    planted: ['export interface ParsedArgv {\n  readonly wrong?: string;\n}'],
  },
  {
    name: 'an outcome of its own',
    pattern: /\breadonly ok: false\b/g,
    // A compilation has diagnostics in both cases: warnings belong to a success, too.
    except:
      /^packages\/(?:common\/src\/outcome|compiler\/src\/(?:compile|secrets|4-emit\/aws\/environment\/index))\.ts$/,
    planted: ['type PatchResult =\n  | { readonly ok: true }\n  | { readonly ok: false; readonly message: string };'],
  },
  {
    name: 'a function that returns a failure in a form of its own',
    pattern: /\): (?:Promise<)?[^={;]*?(?:\{[^}]*\} \| )?\{ (?:readonly )?(?:refused|exit|error|failed)\??: [^}]*\}/g,
    planted: [
      'function find(): Promise<{ readonly id?: number } | { readonly refused: Answer }> {',
      'function load(\n  name: string,\n): Promise<Stacks | { readonly exit: ExitCode }> {',
    ],
  },
  {
    name: 'a check that returns a sentence or nothing',
    // In the compiler such a function is part of the message of a diagnostic.
    except: /^packages\/compiler\//,
    pattern:
      /\b(?:function |const )\w+(?:Errors?|Problems?|Refusals?|Conflicts?|Violations?)\b(?: = )?(?:async )?\([\s\S]{0,200}?\): (?:Promise<)?(?:string|Problem|Diagnostic) \| undefined/g,
    planted: [
      'export function waitFlagsError({ values }: Context): string | undefined {',
      'const limitError = ({ values: { limit } }: Context): string | undefined =>',
      'async function nameProblem(\n  io: Io,\n): Promise<Diagnostic | undefined> {',
    ],
  },
  {
    name: 'undefined for a failure that was reported',
    pattern: /\b(?:[Uu]ndefined|[Nn]othing) (?:after|on) an error/g,
    planted: ['/** Undefined after an error, which has been reported. */'],
  },
] as const;

const isException = (file: string, rule: (typeof rules)[number]): boolean =>
  file.includes('/generated/') || ('except' in rule && rule.except.test(file));

const found = (rule: (typeof rules)[number]): readonly string[] =>
  sourceFiles(root)
    .filter((file) => !isException(file, rule))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return [...text.matchAll(rule.pattern)].map(
        ({ 0: match, index }) => `${file}:${text.slice(0, index).split('\n').length} ${match}`,
      );
    });

test.each(rules)('no source has $name', (rule) => {
  for (const planted of rule.planted) expect(planted.match(rule.pattern)).not.toBeNull();
  expect(found(rule)).toEqual([]);
});
