// Prints the operations on a stack, newest first.
import { exitCodeOf, isResult, printable, type StackOperation, readHistory as telling } from '@i2kit/runner';
import { connect } from '../../aws/connection.ts';
import { withEnvironmentBucket } from '../../aws/environmentBucket.ts';
import { runOptions } from '../../aws/runOptions.ts';
import { elapsed, table } from '../../aws/table.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { SelectedStack } from '../../ports/aws.ts';

export async function runHistory(context: Context, named: SelectedStack): Promise<ExitCode> {
  const { io, values } = context;
  const { stackName } = named;
  const connection = await connect(context, named.region);
  const interrupt = listenForInterrupt(io);
  const all: StackOperation[] = [];
  try {
    const clients = await withEnvironmentBucket(connection, named);
    const input = { stackName, limit: Number(values.limit ?? 20) };
    for await (const event of telling(clients, input, runOptions(context, interrupt.signal))) {
      if (event.code === 'I2K880') all.push(event.data);
      if (!isResult(event) || event.data.outcome === 'succeeded') continue;
      io.stderr.write(`error: ${printable(event.data.message)}\n`);
      return exitCodeOf(event.data);
    }
    const json = { version: 1, stackName, operations: all.map(operationJson) };
    io.stdout.write(
      values.output === 'json'
        ? `${JSON.stringify(json, null, 2)}\n`
        : historyText(all, Date.now(), values.output === 'wide'),
    );
    const kept = all.some(({ revision }) => revision !== undefined);
    if (!clients.bucket && !kept && !values.quiet) {
      io.stderr.write('No revisions: the environment has no bucket. Showing events only.\n');
    }
    return exit.fine;
  } finally {
    interrupt.release();
    connection.close();
  }
}

const isoTime = (at: number): string => new Date(at).toISOString();

const operationJson = ({ begunAt, endedAt, ...rest }: StackOperation) => ({
  ...rest,
  begunAt: isoTime(begunAt),
  ...(endedAt === undefined ? {} : { endedAt: isoTime(endedAt), seconds: Math.round((endedAt - begunAt) / 1000) }),
});

/** `now` in milliseconds, for running operations. A root cause gets a line of its own because it is long. */
export function historyText(all: readonly StackOperation[], now: number, wide: boolean): string {
  const rows = all.map((each) => [
    each.revision === undefined ? '-' : String(each.revision),
    isoTime(each.begunAt).replace(/\.\d+Z$/, 'Z'),
    each.what,
    `${each.outcome}${each.current ? ', now' : ''}`,
    each.outcome === 'unknown' ? '-' : elapsed((each.endedAt ?? now) - each.begunAt),
    each.templateHash?.slice(0, 12) ?? '-',
    ...(wide ? [each.token ?? '-'] : []),
  ]);
  const [head = '', ...lines] = table(
    ['REV', 'WHEN', 'WHAT', 'RESULT', 'TOOK', 'TEMPLATE', ...(wide ? ['CHANGE SET'] : [])],
    rows,
  );
  const why = ({ cause }: StackOperation) =>
    cause ? [`     ${printable(`${cause.logicalId} (${cause.type.replace(/^AWS::/, '')}): ${cause.reason}`)}`] : [];
  const body = lines.flatMap((line, at) => [line, ...(all[at] ? why(all[at]) : [])]);
  return [head, ...body].map((line) => `${line}\n`).join('');
}
