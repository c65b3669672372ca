// What i2kit does with each field of a kind: mapped, refused, warned of, or without meaning. There is no fifth class: nothing is dropped silently.

import type { Json } from '@i2kit/common';
import type { Code } from '../../diagnostic.ts';

// What i2kit does with each field of a kind. There is no fifth class: nothing is dropped in silence.

/** Where a field's value ends up; the name of the phase's part that reads it. */
export type Mapped = { readonly mapped: string };
/** The field cannot be honoured here: an error where it is set. */
export type Refused = { readonly refused: Code } & Condition;
/** The field is honoured otherwise than Kubernetes would, or not at all: a warning where it is set. */
export type Warned = { readonly warned: Code } & Condition;
/** The field has no meaning where there is no cluster; setting it changes nothing, and that is right. */
export type Meaningless = { readonly meaningless: string };

interface Condition {
  readonly hint?: string;
  /** The value that is harmless; several of them as a list. */
  readonly unless?: Json;
  /** True where only what stands around the field tells: a rule of 2-check says it, the generic check does not. */
  readonly byRule?: true;
}

export type FieldSupport = Mapped | Refused | Warned | Meaningless;

/**
 * Leaf path -> class. A path is written as in `kubectl explain`, with `[]` for each item of a list and `*` for each key of
 * a map whose keys the user chooses: `spec.template.spec.containers[].env[].value`, `metadata.labels.*`.
 */
export type FieldSupportTable = Readonly<Record<string, FieldSupport>>;

// Short ways to write a ledger.

/** What a refused or warned field may say beside its code; see `Condition` in ledger.ts. */
type FieldConditions = Omit<Refused, 'refused'>;

export const mapped = (part: string): Mapped => ({ mapped: part });
export const meaningless = (reason: string): Meaningless => ({ meaningless: reason });
export const refused = (code: Code, more: FieldConditions = {}): Refused => ({ refused: code, ...more });
export const warned = (code: Code, more: FieldConditions = {}): Warned => ({ warned: code, ...more });

/** A ledger whose paths stand below another path: `under('spec', { replicas: … })`. */
export function fieldsUnder(prefix: string, ledger: FieldSupportTable): FieldSupportTable {
  return Object.fromEntries(
    Object.entries(ledger).map(([path, entry]) => [path === '' ? prefix : `${prefix}.${path}`, entry]),
  );
}

/** One class for all of these paths. */
export function eachField(paths: string | readonly string[], entry: FieldSupport): FieldSupportTable {
  const list = typeof paths === 'string' ? paths.split(' ') : paths;
  return Object.fromEntries(list.map((path) => [path, entry]));
}

/** The same paths, all in one class: for a part that is refused as a whole. */
export function allFields(ledger: FieldSupportTable, entry: FieldSupport): FieldSupportTable {
  return eachField(Object.keys(ledger), entry);
}
