// Several stacks: each after those it depends on, so many at once; a failure stops its dependents alone.
import type { Clock } from '../clients.ts';
import { event, isResult, type RunEvent } from '../events/catalog.ts';
import type { Outcome, Result } from '../result.ts';
import { type Node, orderOf } from './order.ts';
import { queue } from './queue.ts';
import { type StackSummary, summarize } from './summary.ts';

export interface StackRun extends Node {
  /** Begins the stack's own stream, e.g. `() => deploy(clients, input)`; called once, when its turn has come. */
  readonly start: () => AsyncIterable<RunEvent>;
}

export interface AllOptions {
  /** How many stacks at once. Default 8: CloudFormation throttles long before that hurts. */
  readonly concurrency?: number;
  /** Once aborted, nothing more is begun; the streams under way have the same signal and end by themselves. */
  readonly signal?: AbortSignal;
}

const allowsNext: readonly Outcome[] = ['succeeded', 'unchanged'];

/**
 * Merges the streams of all stacks, and ends in one event I2K899 with a summary. An order that is impossible is refused
 * before anything is begun. A bug thrown by one stream is thrown on.
 */
export async function* all(
  nodes: readonly StackRun[],
  clock: Pick<Clock, 'now'>,
  options: AllOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const concurrency = Math.max(1, options.concurrency ?? 8);
  const order = orderOf(nodes);
  if (!order.ok) {
    const result: Result = { outcome: 'refused', reason: 'invalid', message: order.message, stackName: '' };
    yield event('I2K899', clock.now(), '', order.message, {
      outcome: 'refused',
      message: order.message,
      stacks: nodes.map(({ stackName }) => ({ stackName, result })),
    });
    return;
  }
  yield event('I2K851', clock.now(), '', `${nodes.length} stacks, ${concurrency} at a time.`, { order: order.names, concurrency });
  const ended = new Map<string, StackSummary>();
  const under = new Set<string>();
  const events = queue<RunEvent>();

  const consume = async (node: StackRun): Promise<void> => {
    let result: Result | undefined;
    for await (const each of node.start()) {
      if (isResult(each)) result = each.data;
      events.push(each);
    }
    ended.set(node.stackName, { stackName: node.stackName, ...(result ? { result } : {}) });
    under.delete(node.stackName);
    advance();
  };

  const stopped = (node: StackRun): string | undefined =>
    options.signal?.aborted
      ? 'interrupted'
      : node.dependsOn.find((name) => ended.has(name) && !allowsNext.includes(ended.get(name)?.result?.outcome ?? 'failed'));

  const advance = (): void => {
    // In topological order: one pass stops a whole chain of dependents.
    for (const name of order.names) {
      const node = nodes.find((each) => each.stackName === name);
      if (!node || ended.has(name) || under.has(name)) continue;
      const by = stopped(node);
      if (by !== undefined) {
        ended.set(name, { stackName: name, stoppedBy: by });
        events.push(event('I2K852', clock.now(), name, `${name} is not begun: ${by}.`, { because: by }));
      } else if (under.size < concurrency && node.dependsOn.every((each) => ended.has(each))) {
        under.add(name);
        consume(node).catch(events.fail);
      }
    }
    if (ended.size === nodes.length) events.close();
  };

  advance();
  yield* events.drain();
  const summary = summarize(nodes.map((node) => ended.get(node.stackName) ?? { stackName: node.stackName }));
  yield event('I2K899', clock.now(), '', summary.message, summary);
}
