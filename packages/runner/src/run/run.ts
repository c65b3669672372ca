// One run on one stack: its clients, its events, and how it stops.
import { failure, I2kitError, type Outcome as Settled, success } from '@i2kit/common';
import { type EventCode, type EventOf, event, type RunEvent } from '../events/catalog.ts';
import { resultCodes } from '../events/operationEvents.ts';
import type { Clients } from './clients.ts';
import type { Outcome, Reason, Result } from './result.ts';

export interface RunOptions {
  /** Aborted by the first Ctrl-C. The second one ends the process, by the caller. */
  readonly signal?: AbortSignal;
  /** How long to work and wait (default: one hour). */
  readonly timeoutMs?: number;
  /** The command that resumes the run, e.g. `i2kit apply -f manifests/`; shown if a run stops early. */
  readonly command?: string;
}

/**
 * Whether this run has started an operation: `no`, `maybe` if a response was lost, `yes` if it continues without the
 * run. It decides what the result claims when the state can no longer be read.
 */
export type OperationStart = 'no' | 'maybe' | 'yes';

export interface Run {
  readonly clients: Clients;
  readonly stackName: string;
  /** The subject of messages, if it is not the stack's own operation: `The drift detection of …`. */
  readonly subject?: string;
  readonly signal: AbortSignal | undefined;
  /** By the local clock. */
  readonly deadline: number;
  readonly command: string;
  /** Called while the run waits, to renew its lease. Never throws. */
  readonly heartbeat: { renew?: () => Promise<void> };
  /** The only part that changes during the run. */
  readonly state: { begun: OperationStart; remade?: true; stackId?: string; status?: string; changeSetId?: string };
}

/** A stream of events that returns a value to the caller of `yield*`. */
export type RunGenerator<T> = AsyncGenerator<RunEvent, T, void>;

export const startRun = (clients: Clients, stackName: string, options: RunOptions, command: string): Run => ({
  clients,
  stackName,
  signal: options.signal,
  deadline: clients.clock.now() + (options.timeoutMs ?? 3_600_000),
  command: options.command ?? command,
  heartbeat: {},
  state: { begun: 'no' },
});

export const runEvent = <C extends EventCode>(run: Run, code: C, message: string, data: EventOf<C>['data']): RunEvent =>
  event(code, run.clients.clock.now(), run.stackName, message, data as never);

type ResultDetails = Partial<Omit<Result, 'outcome' | 'message' | 'stackName'>>;

/** The claim of a run that has not started its operation. */
export const notStartedMessage = (run: Run): string =>
  run.state.remade
    ? 'The stack whose creation had failed is deleted; nothing else was started.'
    : 'Nothing was started.';

/** A result with the run's state so far. */
export function resultOf(run: Run, outcome: Outcome, message: string, rest: ResultDetails = {}): Result {
  const { begun: _begun, remade: _remade, ...seen } = run.state;
  const open = outcome === 'running' || outcome === 'interrupted' || outcome === 'detached';
  return { outcome, message, stackName: run.stackName, ...seen, ...(open ? { resume: run.command } : {}), ...rest };
}

export const refusalOf = (run: Run, reason: Reason, message: string, rest: ResultDetails = {}): Result =>
  resultOf(run, 'refused', message, { reason, ...rest });

/** Thrown to end a run early; `settleSteps` turns it into its result. */
export class RunStopped extends I2kitError<Outcome | Reason> {
  override readonly name = 'RunStopped';
  readonly result: Result;

  constructor(result: Result) {
    super(result.reason ?? result.outcome, result.message, { hint: result.hint });
    this.result = result;
  }
}

/** The result of a `RunStopped`; throws any other error on. */
export function resultOfStop(error: unknown): Result {
  if (error instanceof RunStopped) return error.result;
  throw error;
}

/** The value of the steps, or the result of the run if they stop it. Any other error is a bug, and is thrown on. */
export async function* settleSteps<T>(steps: RunGenerator<T>): RunGenerator<Settled<T, Result>> {
  try {
    return success(yield* steps);
  } catch (error) {
    return failure(resultOfStop(error));
  }
}

/** Drives the steps of a run that ends in a value instead of a stream of events; `onEvent` is called with each event. */
export async function runToValue<T>(
  steps: RunGenerator<T>,
  onEvent: (event: RunEvent) => void = () => {},
): Promise<Settled<T, Result>> {
  const settled = settleSteps(steps);
  for (;;) {
    const step = await settled.next();
    if (step.done) return step.value;
    onEvent(step.value);
  }
}

/** Runs the steps, and emits their result as the last event. */
export async function* runToResult(run: Run, steps: RunGenerator<Result>): RunGenerator<Result> {
  const result = yield* catchStop(steps);
  yield runEvent(run, resultCodes[result.outcome], result.message, result);
  return result;
}

/** The result of the steps, also if they stop the run. */
export async function* catchStop(steps: RunGenerator<Result>): RunGenerator<Result> {
  const settled = yield* settleSteps(steps);
  return settled.ok ? settled.value : settled.problems[0];
}
