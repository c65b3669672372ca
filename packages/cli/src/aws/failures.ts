// Reports errors of AWS, and of the way to AWS, that the runner does not handle.
import { classifyError, printable, RunStopped } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';

type CommandAction<A extends readonly unknown[]> = (context: Context, ...args: A) => Promise<ExitCode>;

export const reportingAwsErrors =
  <A extends readonly unknown[]>(act: CommandAction<A>): CommandAction<A> =>
  async (context, ...args) => {
    try {
      return await act(context, ...args);
    } catch (error) {
      if (error instanceof RunStopped) {
        context.io.stderr.write(`error: ${printable(error.message)}\n`);
        return exit.failed;
      }
      const fault = classifyError(error);
      if (!fault) throw error;
      context.io.stderr.write(`error: ${printable(`${fault.name}: ${fault.message}`)}\n`);
      if (fault.kind === 'expired')
        context.io.stderr.write('hint: Sign in again, or name another profile with --profile.\n');
      return exit.failed;
    }
  };
