// Reports failures of images with a code, a sentence and a hint; other exceptions are bugs.
import type { Code } from '@i2kit/compiler';
import { type ImageError, type ImageErrorCode, isImageError } from '@i2kit/image';
import { printable } from '@i2kit/runner';
import { awsFailureOf } from '../aws/failures.ts';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { typedCommand } from '../output/interrupt.ts';
import { wrapText } from '../output/wrapText.ts';

interface ErrorMeaning {
  readonly code: Code;
  readonly exit: ExitCode;
}

/** `input`: the user has to change something; `failed`: another run may succeed. */
const errorMeanings: Readonly<Record<Exclude<ImageErrorCode, 'cancelled'>, ErrorMeaning>> = {
  'input-invalid': { code: 'I2K780', exit: exit.input },
  'disk-full': { code: 'I2K781', exit: exit.failed },
  'tool-missing': { code: 'I2K782', exit: exit.input },
  'tool-version': { code: 'I2K783', exit: exit.input },
  'tool-failed': { code: 'I2K784', exit: exit.failed },
  'reference-invalid': { code: 'I2K785', exit: exit.input },
  'registry-denied': { code: 'I2K786', exit: exit.failed },
  'registry-absent': { code: 'I2K787', exit: exit.input },
  'registry-busy': { code: 'I2K788', exit: exit.failed },
  'registry-unreachable': { code: 'I2K789', exit: exit.failed },
  'registry-answer': { code: 'I2K790', exit: exit.failed },
  'platform-absent': { code: 'I2K791', exit: exit.input },
  'credentials-unreadable': { code: 'I2K792', exit: exit.input },
  unlocked: { code: 'I2K793', exit: exit.input },
  'import-denied': { code: 'I2K794', exit: exit.failed },
  'import-conflict': { code: 'I2K795', exit: exit.input },
  'import-failed': { code: 'I2K796', exit: exit.failed },
  'import-timeout': { code: 'I2K797', exit: exit.running },
};

type CommandAction<A extends readonly unknown[]> = (context: Context, ...args: A) => Promise<ExitCode>;

export const reportingImageErrors =
  <A extends readonly unknown[]>(act: CommandAction<A>): CommandAction<A> =>
  async (context, ...args) => {
    try {
      return await act(context, ...args);
    } catch (error) {
      if (isImageError(error)) return reportImageError(context, error);
      const remote = awsFailureOf(error);
      if (remote === undefined) throw error;
      return reportError(context, { code: 'I2K794', exit: remote.exit }, remote.message, remote.hint);
    }
  };

function reportImageError(context: Context, error: ImageError): ExitCode {
  if (error.code !== 'cancelled') return reportError(context, errorMeanings[error.code], error.message, error.hint);
  context.io.stderr.write(
    `Stopped. Finished steps are kept; the same command resumes:\n  ${typedCommand(context.io)}\n`,
  );
  return exit.interrupted;
}

function reportError(
  { io, values }: Context,
  { code, exit: ending }: ErrorMeaning,
  message: string,
  hint?: string,
): ExitCode {
  if (values.progress === 'json')
    io.stdout.write(
      `${JSON.stringify({ v: 1, at: new Date().toISOString(), kind: 'failed', code, message, ...(hint && { hint }) })}\n`,
    );
  io.stderr.write(
    wrapText(`error[${code}] ${printable(message)}\n${hint ? `  = hint: ${printable(hint)}\n` : ''}`, io.stderr),
  );
  return ending;
}
