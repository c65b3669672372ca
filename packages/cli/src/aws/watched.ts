// An operation on a stack that is there: connected, shown, and left at Ctrl-C.
import type { Clients, Result, RunEvent, RunOptions } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { connect } from './connect.ts';
import { follow } from './follow.ts';
import { interruptible } from './interrupt.ts';
import { runOptions } from './options.ts';
import { stackOrigins } from './reviewtext.ts';

export async function watched(
  context: Context,
  stackName: string,
  region: string | undefined,
  begin: (clients: Clients, run: RunOptions) => AsyncIterable<RunEvent>,
): Promise<Result> {
  const connection = await connect(context, region);
  const interrupt = interruptible(context.io);
  try {
    const origins = await stackOrigins(connection.clients.cloudFormation, stackName);
    return await follow(context, begin(connection.clients, runOptions(context, interrupt.signal)), origins);
  } finally {
    interrupt.release();
    connection.close();
  }
}
