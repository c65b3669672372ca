// One run on one stack: what it works with, how it speaks, and how it stops.
import type { Clients } from './clients.ts';
import { type EventCode, type EventOf, event, type RunEvent } from './events/catalog.ts';
import { codeOf } from './events/result.ts';
import type { Outcome, Reason, Result } from './result.ts';

export interface RunOptions {
  /** The first Ctrl-C. The second is the caller's: it leaves the process. */
  readonly signal?: AbortSignal;
  /** How long to work and wait. Default one hour. */
  readonly timeoutMs?: number;
  /** The command that the user would type to go on, e.g. `i2kit apply -f manifests/`; shown where a run leaves early. */
  readonly command?: string;
}

/**
 * Whether an operation of ours may be under way. It decides what is true when we can no longer see: `no` means that
 * nothing was started, `maybe` that an answer was lost, `yes` that it goes on without us.
 */
export type Begun = 'no' | 'maybe' | 'yes';

export interface Run {
  readonly clients: Clients;
  readonly stackName: string;
  /** What is begun, where it is not the stack's own operation: `The drift detection of …`. */
  readonly subject?: string;
  readonly signal: AbortSignal | undefined;
  /** By this machine's clock. */
  readonly deadline: number;
  readonly command: string;
  /** What has to be done from time to time while the run waits: renewing its lease. It never throws. */
  readonly keeping: { renew?: () => Promise<void> };
  /** Changes as the run goes; the rest does not. */
  readonly seen: { begun: Begun; remade?: true; stackId?: string; status?: string; changeSetId?: string };
}

/** A stream of events that gives a value to the one that delegates to it. */
export type Steps<T> = AsyncGenerator<RunEvent, T, void>;

export const begin = (clients: Clients, stackName: string, options: RunOptions, command: string): Run => ({
  clients,
  stackName,
  signal: options.signal,
  deadline: clients.clock.now() + (options.timeoutMs ?? 3_600_000),
  command: options.command ?? command,
  keeping: {},
  seen: { begun: 'no' },
});

export const say = <C extends EventCode>(run: Run, code: C, message: string, data: EventOf<C>['data']): RunEvent =>
  event(code, run.clients.clock.now(), run.stackName, message, data as never);

type Rest = Partial<Omit<Result, 'outcome' | 'message' | 'stackName'>>;

/** What a run can say of itself before it has begun its operation. */
export const nothing = (run: Run): string =>
  run.seen.remade ? 'The stack whose creation had failed is deleted; nothing else was started.' : 'Nothing was started.';

/** A result that knows what the run has seen so far. */
export function conclude(run: Run, outcome: Outcome, message: string, rest: Rest = {}): Result {
  const { begun: _begun, remade: _remade, ...seen } = run.seen;
  const open = outcome === 'running' || outcome === 'interrupted' || outcome === 'detached';
  return { outcome, message, stackName: run.stackName, ...seen, ...(open ? { resume: run.command } : {}), ...rest };
}

export const refuse = (run: Run, reason: Reason, message: string, rest: Rest = {}): Result =>
  conclude(run, 'refused', message, { reason, ...rest });

/** Thrown to leave a run from its depths; caught in `ending` alone. */
interface Stop extends Error {
  readonly stop: Result;
}

export const stop = (result: Result): Stop => Object.assign(new Error(result.message), { stop: result });

const isStop = (error: unknown): error is Stop => error instanceof Error && 'stop' in error;

/** The result of a `Stop`; anything else is thrown on. */
export function stopOf(error: unknown): Result {
  if (isStop(error)) return error.stop;
  throw error;
}

/** Lets `steps` run, and says its result as the last event. What is no `Stop` is a bug, and is thrown on. */
export async function* ending(run: Run, steps: Steps<Result>): Steps<Result> {
  const result = yield* caught(steps);
  yield say(run, codeOf[result.outcome], result.message, result);
  return result;
}

/** Turns a `Stop` into its result. */
export async function* caught(steps: Steps<Result>): Steps<Result> {
  try {
    return yield* steps;
  } catch (error) {
    return stopOf(error);
  }
}
