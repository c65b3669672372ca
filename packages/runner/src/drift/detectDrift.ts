// Detects drift: starts a detection in CloudFormation, waits for it, and reports the differences.

import { backoffMs } from '@i2kit/aws';
import type { RunEvent } from '../events/catalog.ts';
import type { DriftedProperty, DriftedResource } from '../events/reportEvents.ts';
import type { PropertyDifference, StackResourceDrift } from '../ports/cloudFormation.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, callFailure, pauseRun, readRunPages, reportAndBackOff, requireRead } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  RunStopped,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  startRun,
} from '../run/run.ts';
import { describeStack, type StackState } from '../stack/describe.ts';
import { type ResourceOrigins, readResourceOrigins } from '../stack/resourceOrigins.ts';
import { readinessOf } from '../stack/status.ts';

export interface DriftInput {
  readonly stackName: string;
  readonly expect?: Partial<AccountRegion>;
}

/**
 * Emits one event for each resource that differs from its template. The result is `succeeded` with or without
 * differences,
 * `running` if the deadline passes or the credentials expire before the detection is complete. Changes nothing.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html
 */
export async function* detectDrift(
  clients: Clients,
  input: DriftInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run: Run = {
    ...startRun(clients, input.stackName, options, `i2kit drift ${input.stackName}`),
    subject: `The drift detection of ${input.stackName}`,
  };
  yield* runToResult(run, compareWithTemplate(run, input));
}

async function* compareWithTemplate(run: Run, input: DriftInput): RunGenerator<Result> {
  yield* assertAccountRegion(run, input.expect ?? {});
  const stack = yield* describeStack(run, run.stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE')
    return resultOf(run, 'failed', `There is no stack ${run.stackName}.`, { reason: 'absent' });
  if (readinessOf(stack.status) === 'busy') {
    return refusalOf(
      run,
      'busy',
      `${run.stackName} is ${stack.status}: drift can be detected once no operation is in progress.`,
      {
        hint: `Wait for it with \`i2kit events --follow ${run.stackName}\`.`,
      },
    );
  }
  const detectionId = yield* startDetection(run, stack);
  yield* waitForDetection(run, detectionId);
  // Nothing is in progress from here on.
  run.state.begun = 'no';
  const all = yield* listDrifts(run, stack.stackId);
  const origins = yield* readResourceOrigins(run, stack.stackId);
  const drifted = all.flatMap((each) => driftedResourcesOf(each, origins));
  for (const each of drifted)
    yield runEvent(run, 'I2K876', `${each.logicalId} (${each.type}) was ${each.how.toLowerCase()}.`, each);
  const unknown = all
    .filter((each) => each.StackResourceDriftStatus === 'UNKNOWN')
    .map((each) => each.LogicalResourceId ?? '');
  if (unknown.length > 0) {
    yield runEvent(run, 'I2K877', `Not compared: ${unknown.join(', ')}.`, {
      said: all.find((each) => each.DriftStatusReason)?.DriftStatusReason ?? '',
      resources: unknown,
    });
  }
  const checked = all.length - unknown.length;
  return resultOf(run, 'succeeded', `${drifted.length} of ${checked} resources of ${run.stackName} have drifted.`, {
    status: stack.status,
  });
}

/** Starts a detection and returns its id; waits while another detection is in progress. */
async function* startDetection(run: Run, { stackId }: StackState): RunGenerator<string> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(
      run,
      'DetectStackDrift',
      () => run.clients.cloudFormation.detectStackDrift({ StackName: stackId }),
      true,
    );
    if (answer.ok) {
      const detectionId = answer.value.StackDriftDetectionId ?? '';
      run.state.begun = 'yes';
      yield runEvent(run, 'I2K875', `Comparing ${run.stackName} with its template.`, { stackId, detectionId });
      return detectionId;
    }
    const [error] = answer.problems;
    // A second detection changes nothing, so repeating the call after a lost response is harmless.
    if (error.kind !== 'transient' && !(/already/i.test(error.message) && /in progress/i.test(error.message)))
      throw callFailure(run, 'DetectStackDrift', error);
    yield* reportAndBackOff(run, 'DetectStackDrift', error, tries);
  }
}

/** Waits for its end. A detection that failed in part is not a failure: the differences found are reported. */
async function* waitForDetection(run: Run, detectionId: string): RunGenerator<void> {
  for (let look = 0; ; look++) {
    const now = yield* requireRead(run, 'DescribeStackDriftDetectionStatus', (options) =>
      run.clients.cloudFormation.describeStackDriftDetectionStatus({ StackDriftDetectionId: detectionId }, options),
    );
    if (now.DetectionStatus === 'DETECTION_COMPLETE') return;
    if (now.DetectionStatus === 'DETECTION_FAILED') {
      const said = now.DetectionStatusReason ?? 'CloudFormation gives no reason';
      if (now.StackDriftStatus === undefined)
        throw new RunStopped(resultOf(run, 'failed', `The drift detection failed: ${said}.`, { reason: 'invalid' }));
      yield runEvent(run, 'I2K877', `The drift detection was not complete: ${said}`, { said, resources: [] });
      return;
    }
    await pauseRun(run, backoffMs(look, run.clients.random, 5_000));
  }
}

async function* listDrifts(run: Run, stackId: string): RunGenerator<readonly StackResourceDrift[]> {
  const all: StackResourceDrift[] = [];
  const answer = yield* readRunPages(
    run,
    'DescribeStackResourceDrifts',
    (from, options) => run.clients.cloudFormation.describeStackResourceDrifts({ StackName: stackId, ...from }, options),
    ({ StackResourceDrifts = [] }) => all.push(...StackResourceDrifts),
  );
  if (answer.ok) return all;
  throw callFailure(run, 'DescribeStackResourceDrifts', answer.problems[0]);
}

function driftedResourcesOf(each: StackResourceDrift, origins: ResourceOrigins): readonly DriftedResource[] {
  const { LogicalResourceId: logicalId = '', StackResourceDriftStatus: how } = each;
  if (how !== 'MODIFIED' && how !== 'DELETED') return [];
  const object = origins[logicalId];
  const of = {
    logicalId,
    physicalId: each.PhysicalResourceId ?? '',
    type: each.ResourceType ?? '',
    ...(object === undefined ? {} : { object }),
  };
  return [{ ...of, how, differences: (each.PropertyDifferences ?? []).map(driftedPropertyOf) }];
}

const driftedPropertyOf = (one: PropertyDifference): DriftedProperty => ({
  path: one.PropertyPath ?? '',
  expected: one.ExpectedValue ?? '',
  actual: one.ActualValue ?? '',
  how: one.DifferenceType === 'ADD' || one.DifferenceType === 'REMOVE' ? one.DifferenceType : 'NOT_EQUAL',
});
