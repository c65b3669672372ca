// Waiting for an operation to end: looks at events to tell, and at the status to decide.
import { backoff, pause } from './call.ts';
import { type Cause, causeOf, isCulprit, rootCause } from './cause.ts';
import { poll } from './eventlog.ts';
import type { ResourceEvent } from './events/wait.ts';
import { groupEvidence } from './evidence.ts';
import { type StackView, stackOf } from './look.ts';
import { type End, endOf, type Operation } from './operation.ts';
import { failed, failure } from './outcome.ts';
import type { Result } from './result.ts';
import { caught, conclude, type Run, type Steps, say } from './run.ts';

const group = 'AWS::AutoScaling::AutoScalingGroup';

/** Milliseconds between two looks while all is well; a throttled service is given up to 15 s. */
const often = 5_000;

/** Evidence by the failed event that it belongs to. */
type Evidence = Map<string, readonly string[]>;

async function* tellFailures(run: Run, fresh: readonly ResourceEvent[], evidence: Evidence): Steps<void> {
  for (const failed of fresh.filter(isCulprit)) {
    if (evidence.size === 0)
      yield say(run, 'I2K823', `${failed.logicalId} (${failed.type}) failed: ${failed.reason ?? ''}`, causeOf(failed, []));
    // The first groups alone: where one bad image fails ten groups, the tenth console says nothing new.
    const asks = failed.type === group && evidence.size < 3;
    const lines = asks ? await groupEvidence(run, failed.physicalId) : [];
    if (asks || evidence.size === 0) evidence.set(failed.eventId, lines);
    if (lines.length > 0)
      yield say(run, 'I2K824', `${failed.logicalId}: ${lines.length} lines of evidence.`, { logicalId: failed.logicalId, evidence: lines });
  }
}

/** The root cause; its event may come to light only after the stack's status, so it is looked for a few times more. */
async function* causeFor(run: Run, op: Operation, evidence: Evidence): Steps<Cause | undefined> {
  for (let look = 0; ; look++) {
    const cause = rootCause(op.log.kept);
    const event = op.log.kept.find((each) => cause && each.at === cause.at && each.logicalId === cause.logicalId);
    if (cause) return { ...cause, evidence: (event && evidence.get(event.eventId)) ?? [] };
    if (look >= 3 || !op.log.readable) return undefined;
    await pause(run, backoff(look, run.clients.random, often));
    yield* tellFailures(run, yield* poll(run, op.log), evidence);
  }
}

async function* explained(run: Run, op: Operation, end: End, stack: StackView | undefined, evidence: Evidence): Steps<Result> {
  yield* tellFailures(run, yield* poll(run, op.log), evidence);
  return yield* failure(run, op, end, stack, yield* causeFor(run, op, evidence));
}

async function* ended(run: Run, op: Operation, end: End, stack: StackView | undefined, evidence: Evidence): Steps<Result> {
  run.seen.status = end.status;
  if (end.overtaken) yield say(run, 'I2K827', `Another operation has begun on ${run.stackName} since.`, { token: op.log.later ?? '' });
  if (end.kind === 'reached') {
    const outputs = op.goal === 'deploy' ? { outputs: stack?.outputs ?? {} } : {};
    return conclude(run, 'succeeded', `${run.stackName} is ${end.status}.`, { status: end.status, ...outputs });
  }
  // It has ended: neither a Ctrl-C nor a deadline makes that "still running" while the cause is looked for.
  const result = yield* caught(explained(run, op, end, stack, evidence));
  if (result.outcome === 'failed' && result.reason !== 'denied' && result.reason !== 'expired') return result;
  return failed(run, end, stack, rootCause(op.log.kept), []);
}

/** Watches until the end. The run may be left at any time: the operation does not need it. */
export async function* watch(run: Run, op: Operation): Steps<Result> {
  run.seen.begun = 'yes';
  run.seen.stackId = op.stackId;
  const evidence: Evidence = new Map();
  for (let look = 0; ; look++) {
    yield* tellFailures(run, yield* poll(run, op.log), evidence);
    const stack = yield* stackOf(run, op.stackId);
    const end = yield* endOf(run, op, stack);
    if (end) return yield* ended(run, op, end, stack, evidence);
    await pause(run, backoff(look, run.clients.random, often));
  }
}
