// Applies several stacks concurrently, each after its dependencies: a failure stops its dependents, and each stack
// gets a result line.
import {
  type ExecuteOptions,
  event,
  execute,
  exitCodes,
  type RunEvent,
  runStackGraph,
  systemClock,
} from '@i2kit/runner';
import type { Connection } from '../../aws/connection.ts';
import { updateCrossAccountRecords } from '../../aws/crossAccountRecords.ts';
import { renderRuns } from '../../aws/renderEvents.ts';
import { outputsText } from '../../aws/table.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { executionOptions, type StackPlan, uploadAssets } from '../../review/stackPlan.ts';

export async function applyMany(
  context: Context,
  connection: Connection,
  plan: readonly StackPlan[],
  options: ExecuteOptions,
): Promise<ExitCode> {
  const { io, values } = context;
  const nodes = plan.map((each) => ({
    stackName: each.input.stackName,
    dependsOn: (each.wanted.dependsOn ?? []).filter((name) => plan.some(({ input }) => input.stackName === name)),
    start: () => startStack(connection, each, options),
  }));
  const origins = Object.assign({}, ...plan.map((each) => each.origins));
  const summary = await renderRuns(
    context,
    runStackGraph(nodes, systemClock, options.signal ? { signal: options.signal } : {}),
    origins,
  );
  if (values.progress !== 'json') {
    for (const { result } of summary.stacks) {
      if (result) io.stdout.write(outputsText(result.outputs ?? {}));
    }
  }
  for (const { input, wanted, former, clients } of plan) {
    const result = summary.stacks.find(({ stackName }) => stackName === input.stackName)?.result;
    const there = result?.outcome === 'succeeded' || result?.outcome === 'unchanged';
    if (!there || result.stackId === undefined) continue;
    const named = { ...connection, clients };
    const code = await updateCrossAccountRecords(context, named, options, result.stackId, {
      former,
      now: wanted.template,
    });
    if (code !== exit.fine) return code;
  }
  return exitCodes[summary.outcome];
}

/** A stack that was reviewed before its environment existed could not use the environment's bucket yet. */
async function* startStack(
  connection: Connection,
  planned: StackPlan,
  options: ExecuteOptions,
): AsyncGenerator<RunEvent> {
  const { late, input, clients, review } = planned;
  const given = executionOptions(planned, options);
  if (review.kind !== 'deferred' || !late) return yield* execute(clients, review, given);
  const bucket = await connection.bucket(late.owner.env);
  if (bucket) await uploadAssets(bucket, late);
  else if (late.assets.length > 0) {
    const message = `The environment ${late.owner.env} has no bucket, and this app is too large to deploy without one. Nothing was started.`;
    const result = { outcome: 'refused', reason: 'too-large', message, stackName: input.stackName } as const;
    return yield event('I2K893', Date.now(), input.stackName, message, result);
  }
  yield* execute(bucket ? { ...clients, bucket } : clients, review, given);
}
