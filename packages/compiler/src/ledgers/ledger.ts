// What i2kit does with each field of a kind. There is no fifth class: nothing is dropped in silence.
import type { Code } from '../diagnostic.ts';
import type { Json } from '../template.ts';

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

export type Class = Mapped | Refused | Warned | Meaningless;

/**
 * Leaf path -> class. A path is written as in `kubectl explain`, with `[]` for each item of a list and `*` for each key of
 * a map whose keys the user chooses: `spec.template.spec.containers[].env[].value`, `metadata.labels.*`.
 */
export type Ledger = Readonly<Record<string, Class>>;
