// Drift: what was changed past CloudFormation. It is asked to compare, waited for, and what it found is said.
import { again, attempt, backoff, giveUp, must, pause } from './call.ts';
import type { Clients } from './clients.ts';
import type { RunEvent } from './events/catalog.ts';
import type { Difference, Drifted } from './events/drift.ts';
import { assertPlace, type Place } from './identity.ts';
import { type StackView, stackOf } from './look.ts';
import { type Origins, originsOf } from './origins.ts';
import type { PropertyDifference, ResourceDriftOutput } from './ports/cloudformation.ts';
import type { Result } from './result.ts';
import { begin, conclude, ending, type Run, type RunOptions, refuse, type Steps, say, stop } from './run.ts';
import { standing } from './status.ts';

export interface DriftInput {
  readonly stackName: string;
  readonly expect?: Partial<Place>;
}

/**
 * Says one event for each resource that differs from its template, and how. `succeeded` whether there are any or not;
 * `running` where the time is over, or the credentials are, before CloudFormation has compared all. Changes nothing.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html
 */
export async function* drift(clients: Clients, input: DriftInput, options: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run: Run = {
    ...begin(clients, input.stackName, options, `i2kit drift ${input.stackName}`),
    subject: `The drift detection of ${input.stackName}`,
  };
  yield* ending(run, compared(run, input));
}

async function* compared(run: Run, input: DriftInput): Steps<Result> {
  yield* assertPlace(run, input.expect ?? {});
  const stack = yield* stackOf(run, run.stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE')
    return conclude(run, 'failed', `There is no stack ${run.stackName}.`, { reason: 'absent' });
  if (standing(stack.status) === 'busy') {
    return refuse(run, 'busy', `${run.stackName} is ${stack.status}: it can be compared once it is at rest.`, {
      hint: `Wait for it with \`i2kit events --follow ${run.stackName}\`.`,
    });
  }
  const detectionId = yield* detection(run, stack);
  yield* detected(run, detectionId);
  // From here on nothing is under way.
  run.seen.begun = 'no';
  const all = yield* driftsOf(run, stack.stackId);
  const origins = yield* originsOf(run, stack.stackId);
  const drifted = all.flatMap((each) => driftedOf(each, origins));
  for (const each of drifted) yield say(run, 'I2K876', `${each.logicalId} (${each.type}) was ${each.how.toLowerCase()}.`, each);
  const unknown = all.filter((each) => each.StackResourceDriftStatus === 'UNKNOWN').map((each) => each.LogicalResourceId ?? '');
  if (unknown.length > 0) {
    yield say(run, 'I2K877', `Not compared: ${unknown.join(', ')}.`, {
      said: all.find((each) => each.DriftStatusReason)?.DriftStatusReason ?? '',
      resources: unknown,
    });
  }
  const checked = all.length - unknown.length;
  return conclude(run, 'succeeded', `${drifted.length} of ${checked} resources of ${run.stackName} have drifted.`, {
    status: stack.status,
  });
}

/** Begins a detection and gives its id; where another one is under way, waits for its turn. */
async function* detection(run: Run, { stackId }: StackView): Steps<string> {
  for (let tries = 0; ; tries++) {
    const answer = yield* attempt(run, 'DetectStackDrift', () => run.clients.cloudFormation.detectStackDrift({ StackName: stackId }), true);
    if (answer.ok) {
      const detectionId = answer.value.StackDriftDetectionId ?? '';
      run.seen.begun = 'yes';
      yield say(run, 'I2K875', `Comparing ${run.stackName} with its template.`, { stackId, detectionId });
      return detectionId;
    }
    const { fault } = answer;
    // A second detection changes nothing: to ask again after a lost answer does no harm.
    if (fault.kind !== 'transient' && !/already .*in progress/i.test(fault.message)) throw giveUp(run, 'DetectStackDrift', fault);
    yield* again(run, 'DetectStackDrift', fault, tries);
  }
}

/** Waits for its end; a detection that failed in part is no failure, what it did find is said. */
async function* detected(run: Run, detectionId: string): Steps<void> {
  for (let look = 0; ; look++) {
    const now = yield* must(run, 'DescribeStackDriftDetectionStatus', (options) =>
      run.clients.cloudFormation.describeStackDriftDetectionStatus({ StackDriftDetectionId: detectionId }, options),
    );
    if (now.DetectionStatus === 'DETECTION_COMPLETE') return;
    if (now.DetectionStatus === 'DETECTION_FAILED') {
      const said = now.DetectionStatusReason ?? 'CloudFormation gives no reason';
      if (now.StackDriftStatus === undefined)
        throw stop(conclude(run, 'failed', `The drift detection failed: ${said}.`, { reason: 'invalid' }));
      yield say(run, 'I2K877', `The drift detection was not complete: ${said}`, { said, resources: [] });
      return;
    }
    await pause(run, backoff(look, run.clients.random, 5_000));
  }
}

async function* driftsOf(run: Run, stackId: string): Steps<readonly ResourceDriftOutput[]> {
  const all: ResourceDriftOutput[] = [];
  for (let next: string | undefined; ; ) {
    const token = next;
    const page = yield* must(run, 'DescribeStackResourceDrifts', (options) =>
      run.clients.cloudFormation.describeStackResourceDrifts({ StackName: stackId, ...(token ? { NextToken: token } : {}) }, options),
    );
    all.push(...(page.StackResourceDrifts ?? []));
    next = page.NextToken;
    if (!next) return all;
  }
}

function driftedOf(each: ResourceDriftOutput, origins: Origins): readonly Drifted[] {
  const { LogicalResourceId: logicalId = '', StackResourceDriftStatus: how } = each;
  if (how !== 'MODIFIED' && how !== 'DELETED') return [];
  const object = origins[logicalId];
  const of = {
    logicalId,
    physicalId: each.PhysicalResourceId ?? '',
    type: each.ResourceType ?? '',
    ...(object === undefined ? {} : { object }),
  };
  return [{ ...of, how, differences: (each.PropertyDifferences ?? []).map(differenceOf) }];
}

const differenceOf = (one: PropertyDifference): Difference => ({
  path: one.PropertyPath ?? '',
  expected: one.ExpectedValue ?? '',
  actual: one.ActualValue ?? '',
  how: one.DifferenceType === 'ADD' || one.DifferenceType === 'REMOVE' ? one.DifferenceType : 'NOT_EQUAL',
});
