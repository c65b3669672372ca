// Reports errors of AWS, and of the way to AWS, that the runner does not handle.
import { ContactError, type ContactFailure, classifyError, type ErrorKind } from '@i2kit/aws';
import { printable, RunStopped } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import type { AwsFailure } from '../ports/aws.ts';

type CommandAction<A extends readonly unknown[]> = (context: Context, ...args: A) => Promise<ExitCode>;

/** Failures of the settings of the command line itself. */
const inputFailures: readonly ContactFailure[] = ['no-region', 'no-profile', 'bad-endpoint'];

/** Undefined for an error that does not come from AWS or from the way to it: a bug. */
export function awsFailureOf(error: unknown): AwsFailure | undefined {
  if (error instanceof ContactError) {
    const { message, hint, code } = error;
    return { message, ...(hint && { hint }), exit: inputFailures.includes(code) ? exit.input : exit.failed };
  }
  if (error instanceof RunStopped)
    return { message: error.message, ...(error.hint && { hint: error.hint }), exit: exit.failed };
  // An endpoint of a variable or a configuration file, which only the SDK reads.
  const { code, input } = Object(error) as { code?: unknown; input?: unknown };
  if (code === 'ERR_INVALID_URL')
    return {
      message: `The endpoint ${String(input)} is not a URL.`,
      hint: 'Check the variables AWS_ENDPOINT_URL… and `endpoint_url` in the AWS configuration files.',
      exit: exit.input,
    };
  const fault = classifyError(error);
  if (!fault) return undefined;
  const messages: Partial<Record<ErrorKind, string>> = {
    denied: `AWS denied the call: ${fault.message}`,
    throttled: `AWS throttles the calls of this account: ${fault.message}`,
  };
  const message = messages[fault.kind] ?? `${fault.name}: ${fault.message}`;
  const hint = hints[fault.kind];
  return { message, ...(hint && { hint }), exit: exit.failed };
}

const hints: Readonly<Partial<Record<ErrorKind, string>>> = {
  expired: 'Sign in again, or name another profile with --profile.',
  denied: 'Ask for this permission: `i2kit iam-policy` prints the policies that i2kit needs.',
  throttled: 'Other programs use up the rate of calls of this account: run the command again later.',
  transient: 'The connection to AWS failed: run the command again.',
};

export function reportAwsFailure({ io }: Pick<Context, 'io'>, { message, hint, exit: code }: AwsFailure): ExitCode {
  io.stderr.write(`error: ${printable(message)}\n${hint ? `hint: ${printable(hint)}\n` : ''}`);
  return code;
}

export const reportingAwsErrors =
  <A extends readonly unknown[]>(act: CommandAction<A>): CommandAction<A> =>
  async (context, ...args) => {
    try {
      return await act(context, ...args);
    } catch (error) {
      const failed = awsFailureOf(error);
      if (!failed) throw error;
      return reportAwsFailure(context, failed);
    }
  };
