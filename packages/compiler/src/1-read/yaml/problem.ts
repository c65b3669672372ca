// Why a text cannot be read, as the readers tell it: a code, a sentence and a place.
import type { Code } from '../../diagnostic.ts';

/** Thrown within the readers only; `parseDocument` catches it. Offsets are into the document's own text. */
export class Problem extends Error {
  readonly code: Code;
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(code: Code, message: string, offset: number, hint?: string) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.hint = hint;
  }
}

/** Undefined where there is a Problem; anything else that is thrown is a bug, and stays thrown. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof Problem) return undefined;
    throw problem;
  }
}
