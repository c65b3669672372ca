// Consoles of machines that have written no log: they never came up, or have not yet.

import type { ConsoleOutput } from '../events/reportEvents.ts';
import type { LogsPort } from '../ports/logs.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import { callAtMostOnce, readWithRetry } from '../sdk/retry.ts';
import type { LogSource } from './sources.ts';
import { logStreamNameOf, streamPrefixOf } from './sources.ts';

/** No more than these: where one bad image keeps fifty machines from coming up, the tenth console says nothing new. */
const maxConsoles = 10;

/** What EC2 keeps of a console is at most so many lines. */
const maxConsoleLines = 64 * 1024;

/** The machines that the source's groups have now. */
export async function* listMachines(run: Run, source: LogSource): RunGenerator<readonly string[]> {
  const { machines } = run.clients;
  if (!machines) return [];
  const found: string[] = [];
  for (const name of source.groups) {
    const answer = yield* readWithRetry(run, 'DescribeAutoScalingGroups', (options) => machines.group(name, options));
    if (answer.ok) found.push(...answer.value.instances);
  }
  return found;
}

type FirstStream = { readonly name?: string };

/** The first stream, by name, of a log group; undefined where that cannot be told. */
async function* readFirstStream(
  run: Run,
  logs: LogsPort,
  { logGroup }: LogSource,
  prefix?: string,
): RunGenerator<FirstStream | undefined> {
  const request = { logGroupName: logGroup, ...(prefix ? { logStreamNamePrefix: prefix } : {}), limit: 1 };
  const answer = yield* readWithRetry(run, 'DescribeLogStreams', (options) =>
    logs.describeLogStreams(request, options),
  );
  if (!answer.ok) return answer.fault.name.startsWith('ResourceNotFound') ? {} : undefined;
  const name = answer.value.logStreams?.[0]?.logStreamName;
  return name === undefined ? {} : { name };
}

/** Whether the workload's streams tell the machine; those of pods that keep their names do not. */
export async function* streamsNameMachines(run: Run, logs: LogsPort, source: LogSource): RunGenerator<boolean> {
  const first = yield* readFirstStream(run, logs, source);
  return first?.name === undefined || logStreamNameOf(first.name).machine !== undefined;
}

/** False where it is known that the machine has no log stream. */
export async function* hasLogStream(
  run: Run,
  logs: LogsPort,
  source: LogSource,
  machine: string,
): RunGenerator<boolean> {
  const own = yield* readFirstStream(run, logs, source, streamPrefixOf(source.object, machine));
  // Who may not look must not claim that there is nothing.
  return !own || own.name !== undefined || !(yield* streamsNameMachines(run, logs, source));
}

/** Says the consoles of these machines; gives how many. */
export async function* reportConsoles(
  run: Run,
  all: readonly { readonly machine: string; readonly object?: string }[],
  because: ConsoleOutput['because'],
  tail = maxConsoleLines,
): RunGenerator<number> {
  const { machines } = run.clients;
  if (!machines) return 0;
  for (const { machine, object } of all.slice(0, maxConsoles)) {
    const answer = yield* callAtMostOnce(run, 'GetConsoleOutput', (options) =>
      machines.consoleTail(machine, { ...options, lines: tail }),
    );
    const lines = answer.ok ? answer.value : [];
    const said = answer.ok ? {} : { said: `${answer.fault.name}: ${answer.fault.message}` };
    const who = `${machine}${object ? ` of ${object}` : ''}`;
    const why = because === 'silent' ? `${who} has written no log` : who;
    const what = said.said
      ? `its console cannot be read (${said.said})`
      : lines.length > 0
        ? 'its console says'
        : 'its console is empty so far';
    yield runEvent(run, 'I2K872', `${why}; ${what}`, {
      machine,
      because,
      lines,
      ...said,
      ...(object === undefined ? {} : { object }),
    });
  }
  if (all.length > maxConsoles)
    yield runEvent(run, 'I2K874', `${all.length - maxConsoles} more machines have no log; name one with --machine.`, {
      machines: all.slice(maxConsoles).map((each) => each.machine),
    });
  return Math.min(all.length, maxConsoles);
}
