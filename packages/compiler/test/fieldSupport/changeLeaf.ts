// Changes one leaf of a valid object alone, to one value after another, and compiles each.
import type { CompileResult } from '../../src/compile.ts';
import type { Kind } from '../../src/kinds/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { FieldSupport } from '../../src/kinds/shared/fields/fieldSupport.ts';
import { stepsOf, withFields, withValueAt } from '../helpers/objects.ts';
import { requiredBeside } from '../helpers/schema.ts';
import { baseObjects, compileInContext } from './fixtures.ts';
import { type LeafCase, leafCases, REQUIRED_VALUES } from './leafCases.ts';

/** Two values of each type that any field of the type takes. */
const TYPE_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [false, true],
  integer: [7, 8],
  array: [[{}], [{}, {}]],
  object: [{ x: 1 }, { x: 2 }],
};

export interface LeafResult {
  readonly results: readonly CompileResult[];
  /** The path that was changed. */
  readonly place: string;
  /** What stands beside it because it must: where a part is refused as a whole, the word is at the first of it. */
  readonly beside: readonly string[];
  readonly trial: LeafCase;
}

export function changeLeaf(kind: Kind, leaf: string, type: string, entry: FieldSupport): LeafResult {
  const { trial, prefix } = caseOf(kind, leaf);
  const place = prefix + (trial.at ?? leaf.slice(prefix.length));
  const beside = Object.entries(trial.beside ?? {}).map(([path, value]) => [prefix + path, value]);
  const needed = requiredBeside(kind, leaf);
  const base = withRequiredFields(withFields(baseObjects[kind], Object.fromEntries(beside)), needed);
  const results = effectiveValues(trial, type, entry).map((value) =>
    compileInContext(kind, withValueAt(base, stepsOf(place), value), trial.around, trial.after),
  );
  return { results, place, beside: [...needed, ...beside.map(([path]) => String(path))], trial };
}

/** The trial whose path is the longest end of the leaf's, and what stands before it. */
function caseOf(kind: Kind, leaf: string): { readonly trial: LeafCase; readonly prefix: string } {
  const parts = leaf.split('.');
  const own = leafCases[`${kind} ${leaf}`];
  if (own) return { trial: own, prefix: '' };
  for (let from = 0; from < parts.length; from += 1) {
    const trial = leafCases[parts.slice(from).join('.')];
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
function withRequiredFields(object: JsonObject, needed: readonly string[]): JsonObject {
  return needed.reduce((result, path) => {
    const steps = stepsOf(path);
    const there = steps.reduce<unknown>(
      (at, step) => (at as Record<string | number, unknown> | undefined)?.[step],
      result,
    );
    return there === undefined
      ? withValueAt(
          result,
          steps,
          REQUIRED_VALUES[path.split('.').slice(-2).join('.')] ?? REQUIRED_VALUES[String(steps.at(-1))] ?? 'one',
        )
      : result;
  }, object);
}

/** What is refused or warned of is given what is not harmless. */
function effectiveValues({ values }: LeafCase, type: string, entry: FieldSupport): readonly unknown[] {
  const harmless: readonly unknown[] = 'unless' in entry ? [entry.unless].flat() : [];
  const all = values ?? TYPE_VALUES[type] ?? ['one', 'two'];
  return all.filter((value) => !harmless.includes(value));
}
