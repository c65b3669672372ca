// Runs an operation on an existing stack: connects, renders events, and detaches at Ctrl-C.
import type { Clients, Result, RunEvent, RunOptions } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { listenForInterrupt } from '../output/interrupt.ts';
import { fetchStackOrigins } from '../review/text.ts';
import { connect } from './connection.ts';
import { renderRun } from './renderEvents.ts';
import { runOptions } from './runOptions.ts';

export async function runOperation(
  context: Context,
  stackName: string,
  region: string | undefined,
  begin: (clients: Clients, run: RunOptions) => AsyncIterable<RunEvent>,
): Promise<Result> {
  const connection = await connect(context, region);
  const interrupt = listenForInterrupt(context.io);
  try {
    const origins = await fetchStackOrigins(connection.clients.cloudFormation, stackName);
    return await renderRun(context, begin(connection.clients, runOptions(context, interrupt.signal)), origins);
  } finally {
    interrupt.release();
    connection.close();
  }
}
