// An error of writing to standard output: a closed pipe, or a full disk.
import { I2kitError } from '@i2kit/common';

/** Without a cause: a broken pipe of standard output must not be taken for a broken connection. */
export class OutputError extends I2kitError<'output-closed' | 'output-failed'> {
  override readonly name = 'OutputError';
}

/** The reader has closed the pipe (`| head`). */
export const isClosedOutput = (error: unknown): boolean =>
  error instanceof OutputError && error.code === 'output-closed';
