// Changes one leaf of a valid object alone, to one value after another, and compiles each.
import type { CompileResult } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/defaults/json.ts';
import type { Kind } from '../../src/kinds/kind.ts';
import type { Class } from '../../src/ledgers/ledger.ts';
import { changed, having, stepsOf } from '../helpers/objects.ts';
import { neededBy } from '../helpers/schema.ts';
import { NEEDED, type Trial, trials } from './trials.ts';
import { bases, compiled } from './world.ts';

/** Two values of each type that any field of the type takes. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [false, true],
  integer: [7, 8],
  array: [[{}], [{}, {}]],
  object: [{ x: 1 }, { x: 2 }],
};

export interface Tried {
  readonly results: readonly CompileResult[];
  /** The path that was changed. */
  readonly place: string;
  /** What stands beside it because it must: where a part is refused as a whole, the word is at the first of it. */
  readonly beside: readonly string[];
  readonly trial: Trial;
}

export function tried(kind: Kind, leaf: string, type: string, entry: Class): Tried {
  const { trial, prefix } = trialOf(kind, leaf);
  const place = prefix + (trial.at ?? leaf.slice(prefix.length));
  const beside = Object.entries(trial.beside ?? {}).map(([path, value]) => [prefix + path, value]);
  const needed = neededBy(kind, leaf);
  const base = completed(having(bases[kind], Object.fromEntries(beside)), needed);
  const results = valuesOf(trial, type, entry).map((value) =>
    compiled(kind, changed(base, stepsOf(place), value), trial.around, trial.after),
  );
  return { results, place, beside: [...needed, ...beside.map(([path]) => String(path))], trial };
}

/** The trial whose path is the longest end of the leaf's, and what stands before it. */
function trialOf(kind: Kind, leaf: string): { readonly trial: Trial; readonly prefix: string } {
  const parts = leaf.split('.');
  const own = trials[`${kind} ${leaf}`];
  if (own) return { trial: own, prefix: '' };
  for (let from = 0; from < parts.length; from += 1) {
    const trial = trials[parts.slice(from).join('.')];
    if (trial)
      return {
        trial,
        prefix: parts
          .slice(0, from)
          .map((part) => `${part}.`)
          .join(''),
      };
  }
  return { trial: {}, prefix: '' };
}

/** With the fields that must be there beside the leaf, where they are not. */
function completed(object: JsonObject, needed: readonly string[]): JsonObject {
  return needed.reduce((result, path) => {
    const steps = stepsOf(path);
    const there = steps.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], result);
    return there === undefined
      ? changed(result, steps, NEEDED[path.split('.').slice(-2).join('.')] ?? NEEDED[String(steps.at(-1))] ?? 'one')
      : result;
  }, object);
}

/** What is refused or warned of is given what is not harmless. */
function valuesOf({ values }: Trial, type: string, entry: Class): readonly unknown[] {
  const harmless: readonly unknown[] = 'unless' in entry ? [entry.unless].flat() : [];
  const all = values ?? VALUES[type] ?? ['one', 'two'];
  return all.filter((value) => !harmless.includes(value));
}
