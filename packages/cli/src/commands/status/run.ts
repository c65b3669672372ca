// Shows the state of a stack: once, or until no operation is running.
import { printable } from '@i2kit/runner';
import { connect } from '../../aws/connection.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { SelectedStack } from '../../ports/aws.ts';
import { fetchStatus, isHealthy } from './fetch.ts';
import { statusText } from './render.ts';
import { watchStatus } from './watch.ts';

export async function runStatus(context: Context, { stackName, region }: SelectedStack): Promise<ExitCode> {
  const { io, values } = context;
  const connection = await connect(context, region);
  // Ctrl-C ends a single read immediately.
  const interrupt = values.watch ? listenForInterrupt(io) : undefined;
  try {
    if (interrupt) return await watchStatus(context, connection, interrupt, stackName);
    const found = await fetchStatus(connection, stackName, values.output !== undefined);
    if (!found) {
      io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
      return exit.failed;
    }
    const wide = values.output === 'wide';
    io.stdout.write(
      values.output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusText(found, wide, Date.now()),
    );
    return isHealthy(found) ? exit.fine : exit.failed;
  } finally {
    interrupt?.release();
    connection.close();
  }
}
