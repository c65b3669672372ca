// The root of all errors that are thrown on purpose; any other thrown error is a bug.

export interface I2kitErrorOptions {
  /** Advice for the user: a sentence with a capital and a period. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** An error with a code. Expected failures with a place in the input are an `Outcome` instead. */
export class I2kitError<Code extends string = string> extends Error {
  override readonly name: string = 'I2kitError';
  readonly code: Code;
  readonly hint?: string;

  /** `message`: one sentence that says what went wrong. */
  constructor(code: Code, message: string, { hint, cause }: I2kitErrorOptions = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    if (hint !== undefined) this.hint = hint;
  }
}

/** The code of an error that the operating system reported, e.g. `ENOENT`; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  // Not by instanceof: the error may come from another realm.
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error
    ? String(error.code)
    : undefined;
}

/** The message of an error, or the thrown value as text if it is not an error. */
export const errorMessage = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
