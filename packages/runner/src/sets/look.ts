// Looking at a stack set: itself, its stacks, its newest operation; with absence told from everything else.
import { type Answer, giveUp, read } from '../call.ts';
import type { Action, CallOptions } from '../ports/cloudformation.ts';
import type { OperationOutput, OperationResultOutput, StackSetPort } from '../ports/stacksets.ts';
import type { Run, Steps } from '../run.ts';
import type { SetView } from './plan.ts';

export const isGone = (name: string): boolean => /^StackSetNotFound/.test(name);

/** Undefined only where the service says that there is no such set. */
export async function* setOf(run: Run, port: StackSetPort, name: string): Steps<SetView | undefined> {
  const answer = yield* read(run, 'DescribeStackSet', (options) => port.describeStackSet({ StackSetName: name }, options));
  if (!answer.ok) {
    if (isGone(answer.fault.name)) return undefined;
    throw giveUp(run, 'DescribeStackSet', answer.fault);
  }
  const set = answer.value.StackSet;
  if (!set || set.Status === 'DELETED') return undefined;
  const instances = yield* every(run, 'ListStackInstances', (more, options) =>
    port.listStackInstances({ StackSetName: name, ...more }, options),
  );
  if (!instances.ok) {
    if (isGone(instances.fault.name)) return undefined;
    throw giveUp(run, 'ListStackInstances', instances.fault);
  }
  return { id: set.StackSetId ?? '', set, instances: instances.value };
}

/** Newest first; undefined where the set has had none. */
export async function* newestOperation(run: Run, port: StackSetPort, name: string): Steps<OperationOutput | undefined> {
  const answer = yield* read(run, 'ListStackSetOperations', (options) => port.listStackSetOperations({ StackSetName: name }, options));
  if (answer.ok) return answer.value.Summaries?.[0];
  if (isGone(answer.fault.name)) return undefined;
  throw giveUp(run, 'ListStackSetOperations', answer.fault);
}

/** Undefined where there is no such operation. */
export async function* operationOf(run: Run, port: StackSetPort, name: string, OperationId: string): Steps<OperationOutput | undefined> {
  const answer = yield* read(run, 'DescribeStackSetOperation', (options) =>
    port.describeStackSetOperation({ StackSetName: name, OperationId }, options),
  );
  if (answer.ok) return answer.value.StackSetOperation;
  if (/^OperationNotFound/.test(answer.fault.name) || isGone(answer.fault.name)) return undefined;
  throw giveUp(run, 'DescribeStackSetOperation', answer.fault);
}

/** What became of each stack; empty where it cannot be read: it explains, the operation's status decides. */
export async function* resultsOf(run: Run, port: StackSetPort, name: string, OperationId: string): Steps<readonly OperationResultOutput[]> {
  const answer = yield* every(run, 'ListStackSetOperationResults', (more, options) =>
    port.listStackSetOperationResults({ StackSetName: name, OperationId, ...more }, options),
  );
  return answer.ok ? answer.value : [];
}

type Page<T> = { Summaries?: T[] | undefined; NextToken?: string | undefined };

async function* every<T>(
  run: Run,
  action: Action,
  page: (more: { NextToken?: string }, options: CallOptions) => Promise<Page<T>>,
): Steps<Answer<readonly T[]>> {
  const all: T[] = [];
  let next: string | undefined;
  do {
    const more = next === undefined ? {} : { NextToken: next };
    const answer = yield* read(run, action, (options) => page(more, options));
    if (!answer.ok) return answer;
    all.push(...(answer.value.Summaries ?? []));
    next = answer.value.NextToken;
  } while (next);
  return { ok: true, value: all };
}
