// Reports the consoles of machines that have written no log, because they failed to start or have not started yet.

import type { ConsoleOutput } from '../events/reportEvents.ts';
import type { LogsPort } from '../ports/logs.ts';
import { callAtMostOnce, readWithRetry } from '../run/calls.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import type { LogSource } from './sources.ts';
import { logStreamNameOf, streamPrefixOf } from './sources.ts';

/** Limit of consoles: if one bad image stops fifty machines, the tenth console adds nothing. */
const maxConsoles = 10;

/** EC2 keeps at most this many lines of a console. */
const maxConsoleLines = 64 * 1024;

/** The current machines of the source's groups. */
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

/** The first stream of a log group, by name; undefined if that cannot be read. */
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
  if (!answer.ok) return answer.problems[0].name.startsWith('ResourceNotFound') ? {} : undefined;
  const name = answer.value.logStreams?.[0]?.logStreamName;
  return name === undefined ? {} : { name };
}

/** Whether the workload's streams name the machine; those of pods that keep their names do not. */
export async function* streamsNameMachines(run: Run, logs: LogsPort, source: LogSource): RunGenerator<boolean> {
  const first = yield* readFirstStream(run, logs, source);
  return first?.name === undefined || logStreamNameOf(first.name).machine !== undefined;
}

/** False only if the machine is known to have no log stream. */
export async function* hasLogStream(
  run: Run,
  logs: LogsPort,
  source: LogSource,
  machine: string,
): RunGenerator<boolean> {
  const own = yield* readFirstStream(run, logs, source, streamPrefixOf(source.object, machine));
  // Without the rights to look, absence must not be claimed.
  return !own || own.name !== undefined || !(yield* streamsNameMachines(run, logs, source));
}

/** Emits the consoles of these machines; returns their number. */
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
    const said = answer.ok ? {} : { said: `${answer.problems[0].name}: ${answer.problems[0].message}` };
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
