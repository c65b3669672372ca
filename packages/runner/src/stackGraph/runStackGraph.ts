// Runs several stacks, each after the stacks that it depends on; a failure stops only its dependents.

import type { Clock } from '@i2kit/aws';
import { failure, type Outcome as Settled, success } from '@i2kit/common';
import { event, isResult, type RunEvent } from '../events/catalog.ts';
import type { Outcome, Result } from '../run/result.ts';
import { newEventQueue } from './eventQueue.ts';
import { type StackSummary, stackGraphSummaryOf } from './summary.ts';

export interface StackGraphNode {
  readonly stackName: string;
  /** Names of the stacks that must have succeeded before this one starts. */
  readonly dependsOn: readonly string[];
}

/** Kahn's algorithm; stacks that are ready at the same time keep the given order. Fails if no order is possible. */
export function stackOrderOf(nodes: readonly StackGraphNode[]): Settled<readonly string[]> {
  const names = new Set(nodes.map((node) => node.stackName));
  if (names.size !== nodes.length) return failure({ message: 'A stack is listed twice.' });
  for (const node of nodes) {
    const unknown = node.dependsOn.find((each) => !names.has(each));
    if (unknown !== undefined)
      return failure({ message: `${node.stackName} depends on ${unknown}, which is not in the list.` });
  }
  const done = new Set<string>();
  let left = nodes;
  while (left.length > 0) {
    const ready = left.filter((node) => node.dependsOn.every((each) => done.has(each)));
    if (ready.length === 0)
      return failure({
        message: `These stacks depend on each other: ${left.map((node) => node.stackName).join(', ')}.`,
      });
    for (const node of ready) done.add(node.stackName);
    left = left.filter((node) => !done.has(node.stackName));
  }
  return success([...done]);
}

/** Reversed, for deletion: a stack's dependents are deleted first. */
export const reversedDependencies = <N extends StackGraphNode>(nodes: readonly N[]): N[] =>
  nodes.map((node) => ({
    ...node,
    dependsOn: nodes.filter((other) => other.dependsOn.includes(node.stackName)).map((other) => other.stackName),
  }));

export interface StackGraphRun extends StackGraphNode {
  /** Starts the stack's own stream, e.g. `() => deploy(clients, input)`; called once, when its turn comes. */
  readonly start: () => AsyncIterable<RunEvent>;
}

export interface StackGraphOptions {
  /** Number of stacks at once (default: 8, below CloudFormation's throttling). */
  readonly concurrency?: number;
  /** Once aborted, no further stack starts; the running streams have the same signal and end by themselves. */
  readonly signal?: AbortSignal;
}

const successOutcomes: readonly Outcome[] = ['succeeded', 'unchanged'];

/**
 * Merges the streams of all stacks, and ends in one event I2K899 with a summary. An impossible order is refused
 * before any stack starts. A bug thrown by one stream is thrown on.
 */
export async function* runStackGraph(
  nodes: readonly StackGraphRun[],
  clock: Pick<Clock, 'now'>,
  options: StackGraphOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const concurrency = Math.max(1, options.concurrency ?? 8);
  const order = stackOrderOf(nodes);
  if (!order.ok) {
    const [{ message }] = order.problems;
    const result: Result = { outcome: 'refused', reason: 'invalid', message, stackName: '' };
    yield event('I2K899', clock.now(), '', message, {
      outcome: 'refused',
      message,
      stacks: nodes.map(({ stackName }) => ({ stackName, result })),
    });
    return;
  }
  yield event('I2K851', clock.now(), '', `${nodes.length} stacks, ${concurrency} at a time.`, {
    order: order.value,
    concurrency,
  });
  const ended = new Map<string, StackSummary>();
  const under = new Set<string>();
  const events = newEventQueue<RunEvent>();

  const consume = async (node: StackGraphRun): Promise<void> => {
    let result: Result | undefined;
    for await (const each of node.start()) {
      if (isResult(each)) result = each.data;
      events.push(each);
    }
    ended.set(node.stackName, { stackName: node.stackName, ...(result ? { result } : {}) });
    under.delete(node.stackName);
    advance();
  };

  const stopped = (node: StackGraphRun): string | undefined =>
    options.signal?.aborted
      ? 'interrupted'
      : node.dependsOn.find(
          (name) => ended.has(name) && !successOutcomes.includes(ended.get(name)?.result?.outcome ?? 'failed'),
        );

  const advance = (): void => {
    // In topological order, one pass stops a whole chain of dependents.
    for (const name of order.value) {
      const node = nodes.find((each) => each.stackName === name);
      if (!node || ended.has(name) || under.has(name)) continue;
      const by = stopped(node);
      if (by !== undefined) {
        ended.set(name, { stackName: name, stoppedBy: by });
        events.push(event('I2K852', clock.now(), name, `Skipped ${name}, because of ${by}.`, { because: by }));
      } else if (under.size < concurrency && node.dependsOn.every((each) => ended.has(each))) {
        under.add(name);
        consume(node).catch(events.fail);
      }
    }
    if (ended.size === nodes.length) events.close();
  };

  advance();
  yield* events.drain();
  const summary = stackGraphSummaryOf(nodes.map((node) => ended.get(node.stackName) ?? { stackName: node.stackName }));
  yield event('I2K899', clock.now(), '', summary.message, summary);
}
