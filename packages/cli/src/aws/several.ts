// Several stacks at once, each after those that it depends on: a failure stops its dependents, and a line says what became of each.
import { all, type ExecuteOptions, event, execute, exitCodes, type RunEvent, systemClock } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import type { Connection } from './connect.ts';
import { followAll } from './follow.ts';
import { writeAfter } from './names.ts';
import { outputsText } from './outputs.ts';
import { executionOf, type Planned, uploaded } from './planned.ts';

export async function several(context: Context, connection: Connection, plan: readonly Planned[], options: ExecuteOptions): Promise<Exit> {
  const { io, values } = context;
  const nodes = plan.map((each) => ({
    stackName: each.input.stackName,
    dependsOn: (each.wanted.dependsOn ?? []).filter((name) => plan.some(({ input }) => input.stackName === name)),
    start: () => begun(connection, each, options),
  }));
  const origins = Object.assign({}, ...plan.map((each) => each.origins));
  const summary = await followAll(context, all(nodes, systemClock, options.signal ? { signal: options.signal } : {}), origins);
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
    const code = await writeAfter(context, named, options, result.stackId, { former, now: wanted.template });
    if (code !== exit.fine) return code;
  }
  return exitCodes[summary.outcome];
}

/** What was reviewed before its environment was there could not use that one's bucket yet. */
async function* begun(connection: Connection, planned: Planned, options: ExecuteOptions): AsyncGenerator<RunEvent> {
  const { late, input, clients, review } = planned;
  const given = executionOf(planned, options);
  if (review.kind !== 'deferred' || !late) return yield* execute(clients, review, given);
  const bucket = await connection.bucket(late.owner.env);
  if (bucket) await uploaded(bucket, late);
  else if (late.assets.length > 0) {
    const message = `The environment ${late.owner.env} has no bucket, which this app is too large to do without. Nothing was started.`;
    const result = { outcome: 'refused', reason: 'too-large', message, stackName: input.stackName } as const;
    return yield event('I2K893', Date.now(), input.stackName, message, result);
  }
  yield* execute(bucket ? { ...clients, bucket } : clients, review, given);
}
