// Waits for an operation to end: reports its events, and decides by the stack's status.

import { backoffMs } from '@i2kit/aws';
import type { ResourceEvent } from '../events/operationEvents.ts';
import { pauseRun } from '../run/calls.ts';
import type { Result } from '../run/result.ts';
import { catchStop, type Run, type RunGenerator, resultOf, runEvent } from '../run/run.ts';
import { describeStack, type StackState } from '../stack/describe.ts';
import { pollEvents } from './eventLog.ts';
import { explainFailure, failedResult } from './failure.ts';
import { collectInstanceDiagnostics } from './instanceDiagnostics.ts';
import { detectEnd, type Operation, type OperationEnd } from './operation.ts';
import { isOwnFailure, type RootCause, rootCauseFrom, rootCauseOf } from './rootCause.ts';

const autoScalingGroupType = 'AWS::AutoScaling::AutoScalingGroup';

/** Milliseconds between two polls; up to 15 s for a throttled service. */
const pollIntervalMs = 5_000;

/** Diagnostics by the failed event that they belong to. */
type DiagnosticsByEvent = Map<string, readonly string[]>;

async function* reportFailures(
  run: Run,
  fresh: readonly ResourceEvent[],
  evidence: DiagnosticsByEvent,
): RunGenerator<void> {
  for (const failed of fresh.filter(isOwnFailure)) {
    if (evidence.size === 0)
      yield runEvent(
        run,
        'I2K823',
        `${failed.logicalId} (${failed.type}) failed: ${failed.reason ?? ''}`,
        rootCauseFrom(failed, []),
      );
    // Limit of groups: if one bad image fails ten groups, the tenth console adds nothing.
    const asks = failed.type === autoScalingGroupType && evidence.size < 3;
    const lines = asks ? await collectInstanceDiagnostics(run, failed.physicalId) : [];
    if (asks || evidence.size === 0) evidence.set(failed.eventId, lines);
    if (lines.length > 0)
      yield runEvent(run, 'I2K824', `${failed.logicalId}: ${lines.length} lines of diagnostics.`, {
        logicalId: failed.logicalId,
        evidence: lines,
      });
  }
}

/** The root cause. Its event may appear after the stack's status, so events are polled a few more times. */
async function* findRootCause(
  run: Run,
  op: Operation,
  evidence: DiagnosticsByEvent,
): RunGenerator<RootCause | undefined> {
  for (let look = 0; ; look++) {
    const cause = rootCauseOf(op.log.events);
    const event = op.log.events.find((each) => cause && each.at === cause.at && each.logicalId === cause.logicalId);
    if (cause) return { ...cause, evidence: (event && evidence.get(event.eventId)) ?? [] };
    if (look >= 3 || !op.log.readable) return undefined;
    await pauseRun(run, backoffMs(look, run.clients.random, pollIntervalMs));
    yield* reportFailures(run, yield* pollEvents(run, op.log), evidence);
  }
}

async function* explainEnd(
  run: Run,
  op: Operation,
  end: OperationEnd,
  stack: StackState | undefined,
  evidence: DiagnosticsByEvent,
): RunGenerator<Result> {
  yield* reportFailures(run, yield* pollEvents(run, op.log), evidence);
  return yield* explainFailure(run, op, end, stack, yield* findRootCause(run, op, evidence));
}

async function* concludeOperation(
  run: Run,
  op: Operation,
  end: OperationEnd,
  stack: StackState | undefined,
  evidence: DiagnosticsByEvent,
): RunGenerator<Result> {
  run.state.status = end.status;
  if (end.overtaken)
    yield runEvent(run, 'I2K827', `Another operation has started on ${run.stackName} since.`, {
      token: op.log.laterToken ?? '',
    });
  if (end.kind === 'reached') {
    const outputs = op.goal === 'deploy' ? { outputs: stack?.outputs ?? {} } : {};
    return resultOf(run, 'succeeded', `${run.stackName} is ${end.status}.`, { status: end.status, ...outputs });
  }
  // The operation has ended, so neither Ctrl-C nor the deadline makes it "still running" while the cause is looked
  // up.
  const result = yield* catchStop(explainEnd(run, op, end, stack, evidence));
  if (result.outcome === 'failed' && result.reason !== 'denied' && result.reason !== 'expired') return result;
  return failedResult(run, end, stack, rootCauseOf(op.log.events), []);
}

/** Watches until the end. The run may stop at any time: the operation does not depend on it. */
export async function* watchOperation(run: Run, op: Operation): RunGenerator<Result> {
  run.state.begun = 'yes';
  run.state.stackId = op.stackId;
  const evidence: DiagnosticsByEvent = new Map();
  for (let look = 0; ; look++) {
    yield* reportFailures(run, yield* pollEvents(run, op.log), evidence);
    const stack = yield* describeStack(run, op.stackId);
    const end = yield* detectEnd(run, op, stack);
    if (end) return yield* concludeOperation(run, op, end, stack, evidence);
    await pauseRun(run, backoffMs(look, run.clients.random, pollIntervalMs));
  }
}
