// Waits, after the stack is complete, for its machines and its load balancers' targets. A change of size alone does
// not wait for signals in CloudFormation, and machines may have become unhealthy since. So every run checks, even
// without changes.

import { backoffMs, classifyError, raceAbort } from '@i2kit/aws';
import { failure, type Outcome, success } from '@i2kit/common';
import { collectInstanceDiagnostics } from '../operation/instanceDiagnostics.ts';
import type { RootCause } from '../operation/rootCause.ts';
import type { MachineGroupSize, MachinesPort, TargetHealth } from '../ports/machines.ts';
import { pauseRun } from '../run/calls.ts';
import type { Result } from '../run/result.ts';
import { type Run, type RunGenerator, resultOf, resultOfStop, runEvent } from '../run/run.ts';
import { listStackResources } from '../stack/resources.ts';
import { readStabilizationTimeout } from './stabilizationTimeout.ts';

const targetGroupType = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const autoScalingGroupType = 'AWS::AutoScaling::AutoScalingGroup';

/** Milliseconds between two checks while nothing fails. */
const pollIntervalMs = 5_000;

interface WatchedStack {
  readonly stackId: string;
  /** Auto Scaling group names by logical id. */
  readonly groups: ReadonlyMap<string, string>;
  readonly targetGroups: readonly string[];
}

interface HealthSnapshot {
  readonly inService: number;
  readonly wanted: number;
  readonly healthy: number;
  readonly total: number;
  readonly reasons: readonly string[];
  /** Groups that lack machines, or whose machines do not serve. */
  readonly lacking: readonly string[];
  /** Part of the state could not be read this time. */
  readonly blind: boolean;
}

/**
 * Returns the given result once every machine is in service and its targets are healthy; `running` if the deadline
 * comes first, `failed` if there is no progress.
 */
export async function* waitUntilHealthy(run: Run, result: Result): RunGenerator<Result> {
  const { machines, clock } = run.clients;
  if (!machines || !result.stackId) return result;
  const resources = ((yield* listStackResources(run, result.stackId)) ?? []).filter(
    (each) => each.ResourceStatus !== 'DELETE_COMPLETE',
  );
  const ids = (type: string) =>
    resources.flatMap((each): [string, string][] =>
      each.ResourceType === type && each.PhysicalResourceId
        ? [[each.PhysicalResourceId, each.LogicalResourceId ?? '']]
        : [],
    );
  const watched: WatchedStack = {
    stackId: result.stackId,
    groups: new Map(ids(autoScalingGroupType)),
    targetGroups: ids(targetGroupType).map(([arn]) => arn),
  };
  let told = '';
  let moved = clock.now();
  let patience: number | undefined;
  for (let turn = 0; ; turn++) {
    const now = await readHealth(run, machines, watched);
    if (now.inService >= now.wanted && now.healthy >= now.total && !now.blind) return result;
    const text = healthText(now);
    if (text !== told) {
      moved = clock.now();
      yield runEvent(run, 'I2K826', text, now);
    }
    told = text;
    if (patience !== undefined && !now.blind && clock.now() - moved >= patience)
      return yield* failAsUnhealthy(run, watched, now, patience);
    const left = await pauseUntilNextPoll(run, turn);
    if (left) return unfinishedResult(run, left, text);
    patience ??= yield* readStabilizationTimeout(run, watched.stackId, [...watched.groups.values()]);
  }
}

/** Waits; returns a result if the run is stopped meanwhile. */
const pauseUntilNextPoll = (run: Run, turn: number): Promise<Result | undefined> =>
  pauseRun(run, backoffMs(turn, run.clients.random, pollIntervalMs)).then(() => undefined, resultOfStop);

/** Stopping while machines are still starting is not a failure: the stack itself is complete. */
function unfinishedResult(run: Run, { outcome, reason }: Result, text: string): Result {
  const interrupted = outcome === 'interrupted';
  const why = interrupted ? 'Interrupted' : 'Timed out';
  return resultOf(
    run,
    interrupted ? 'interrupted' : 'running',
    `${why}. ${run.stackName} is complete, but ${text} Check again with: ${run.command}`,
    {
      reason: interrupted ? (reason ?? 'interrupted') : 'unhealthy',
    },
  );
}

async function* failAsUnhealthy(
  run: Run,
  { stackId, groups }: WatchedStack,
  { lacking, reasons, ...rest }: HealthSnapshot,
  patience: number,
): RunGenerator<Result> {
  const [name = ''] = lacking;
  const evidence = name ? await collectInstanceDiagnostics(run, name, run.clients.clock.now() - patience) : [];
  const text = healthText({ lacking, reasons, ...rest });
  const cause: RootCause = {
    logicalId: groups.get(name) ?? '',
    physicalId: name,
    type: autoScalingGroupType,
    status: 'NOT_READY',
    reason: evidence[0] ?? reasons[0] ?? text,
    stackId,
    at: run.clients.clock.now(),
    evidence: evidence.length > 0 ? evidence : reasons,
  };
  yield runEvent(run, 'I2K823', `${cause.logicalId} (${autoScalingGroupType}) is not ready: ${cause.reason}`, cause);
  return resultOf(
    run,
    'failed',
    `${run.stackName} is complete, but ${text} No progress for ${durationText(patience)}: ${cause.logicalId}: ${cause.reason}`,
    {
      reason: 'unhealthy',
      cause,
      hint: 'The stack stays as it is. Fix the cause and apply again, or apply the previous size or image.',
    },
  );
}

const durationText = (ms: number): string =>
  ms < 120_000 ? `${Math.round(ms / 1_000)} seconds` : `${Math.round(ms / 60_000)} minutes`;

const healthText = ({ inService, wanted, healthy, total }: HealthSnapshot): string =>
  `${inService} of ${wanted} machines are in service, ${healthy} of ${total} targets healthy.`;

/** `passes`: worth another try. Without the rights to check, waits for nothing: the stack is known to be complete. */
type OptionalRead<T> = Outcome<T, { readonly message: string; readonly passes: boolean }>;

async function readOptional<T>(run: Run, ask: Promise<T>): Promise<OptionalRead<T>> {
  try {
    return success(await raceAbort(ask, run.signal));
  } catch (error) {
    if (run.signal?.aborted) return failure({ message: 'interrupted', passes: true });
    const known = classifyError(error);
    if (!known) throw error;
    const { kind, message } = known;
    return failure({ message, passes: kind !== 'denied' && kind !== 'absent' && kind !== 'refused' });
  }
}

async function readHealth(
  run: Run,
  machines: MachinesPort,
  { groups, targetGroups }: WatchedStack,
): Promise<HealthSnapshot> {
  const sizes = groups.size === 0 ? success([]) : await readOptional(run, machines.sizes([...groups.keys()]));
  const known: readonly MachineGroupSize[] = sizes.ok ? sizes.value : [];
  let blind = !sizes.ok && sizes.problems[0].passes;
  const reasons: string[] = [];
  const lacking = new Set(known.filter((each) => each.inService < each.desired).map(({ name }) => name));
  let healthy = 0;
  let total = 0;
  for (const arn of targetGroups) {
    const answer = await readOptional(run, machines.targetHealth(arn));
    if (!answer.ok) {
      const [{ message, passes }] = answer.problems;
      if (!passes) continue;
      blind = true;
      reasons.push(message);
      continue;
    }
    const behind = known.filter((each) => each.targetGroups.includes(arn));
    const needed = expectedTargets(answer.value, behind);
    healthy += Math.min(answer.value.healthy, needed);
    total += needed;
    if (answer.value.healthy >= needed) continue;
    reasons.push(...answer.value.reasons);
    for (const { name } of behind) lacking.add(name);
  }
  return {
    inService: known.reduce((sum, each) => sum + Math.min(each.inService, each.desired), 0),
    wanted: known.reduce((sum, each) => sum + each.desired, 0),
    healthy,
    total,
    reasons,
    lacking: [...lacking],
    blind,
  };
}

// A target group of machine groups needs as many targets as these need machines, registered or not; any other target
// group needs all registered ones.
const expectedTargets = ({ total, unused = 0 }: TargetHealth, behind: readonly MachineGroupSize[]): number =>
  behind.length > 0 ? Math.max(0, behind.reduce((sum, each) => sum + each.desired, 0) - unused) : total;
