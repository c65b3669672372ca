// The classes of field support: mapped, refused, warned of, or without meaning. There is no fifth class: no field is
// dropped silently.

import type { Json } from '@i2kit/common';
import type { Code } from '../../../diagnostic.ts';

/** The destination of a field's value: the name of the part that reads it. */
export type Mapped = { readonly mapped: string };
/** The field is not supported: setting it is an error. */
export type Refused = { readonly refused: Code } & Condition;
/** The field behaves differently than in Kubernetes, or is ignored: setting it is a warning. */
export type Warned = { readonly warned: Code } & Condition;
/** The field has no meaning without a cluster: setting it rightly changes nothing. */
export type Meaningless = { readonly meaningless: string };

interface Condition {
  readonly hint?: string;
  /** The harmless value, or a list of them. */
  readonly unless?: Json;
  /** True if only the context decides: a rule of 2-check reports it, not the generic check. */
  readonly byRule?: true;
}

export type FieldSupport = Mapped | Refused | Warned | Meaningless;

/**
 * Leaf path -> class. A path is written as in `kubectl explain`, with `[]` for each item of a list and `*` for each
 * key of a map whose keys the user chooses: `spec.template.spec.containers[].env[].value`, `metadata.labels.*`.
 */
export type FieldSupportTable = Readonly<Record<string, FieldSupport>>;

/** The further properties of a refused or warned field; see `Condition`. */
type FieldConditions = Omit<Refused, 'refused'>;

export const mapped = (part: string): Mapped => ({ mapped: part });
export const meaningless = (reason: string): Meaningless => ({ meaningless: reason });
export const refused = (code: Code, more: FieldConditions = {}): Refused => ({ refused: code, ...more });
export const warned = (code: Code, more: FieldConditions = {}): Warned => ({ warned: code, ...more });

/** A table whose paths are below another path: `fieldsUnder('spec', { replicas: … })`. */
export function fieldsUnder(prefix: string, table: FieldSupportTable): FieldSupportTable {
  return Object.fromEntries(
    Object.entries(table).map(([path, entry]) => [path === '' ? prefix : `${prefix}.${path}`, entry]),
  );
}

/** One class for all of these paths. */
export function eachField(paths: string | readonly string[], entry: FieldSupport): FieldSupportTable {
  const list = typeof paths === 'string' ? paths.split(' ') : paths;
  return Object.fromEntries(list.map((path) => [path, entry]));
}

/** The same paths, all in one class: for a part that is refused as a whole. */
export function allFields(table: FieldSupportTable, entry: FieldSupport): FieldSupportTable {
  return eachField(Object.keys(table), entry);
}
