// Describes a stack set, its stacks and its newest operation; separates absence from every other error.

import type { CallResult, Page, PageToken } from '@i2kit/aws';
import { success } from '@i2kit/common';
import type { ApiAction, CallOptions } from '../ports/cloudFormation.ts';
import type { StackSetOperation, StackSetOperationResult, StackSetPort } from '../ports/stackSets.ts';
import { callFailure, readRunPages, readWithRetry } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';
import type { StackSetState } from './plan.ts';

export const isStackSetNotFound = (name: string): boolean => /^StackSetNotFound/.test(name);

/** Undefined only if the service says that the set does not exist. */
export async function* describeStackSet(
  run: Run,
  port: StackSetPort,
  name: string,
): RunGenerator<StackSetState | undefined> {
  const answer = yield* readWithRetry(run, 'DescribeStackSet', (options) =>
    port.describeStackSet({ StackSetName: name }, options),
  );
  if (!answer.ok) {
    if (isStackSetNotFound(answer.problems[0].name)) return undefined;
    throw callFailure(run, 'DescribeStackSet', answer.problems[0]);
  }
  const set = answer.value.StackSet;
  if (!set || set.Status === 'DELETED') return undefined;
  const instances = yield* listSummaries(run, 'ListStackInstances', (from, options) =>
    port.listStackInstances({ StackSetName: name, ...from }, options),
  );
  if (!instances.ok) {
    if (isStackSetNotFound(instances.problems[0].name)) return undefined;
    throw callFailure(run, 'ListStackInstances', instances.problems[0]);
  }
  return { id: set.StackSetId ?? '', set, instances: instances.value };
}

/** Newest first; undefined if the set has had no operation. */
export async function* readNewestOperation(
  run: Run,
  port: StackSetPort,
  name: string,
): RunGenerator<StackSetOperation | undefined> {
  const answer = yield* readWithRetry(run, 'ListStackSetOperations', (options) =>
    port.listStackSetOperations({ StackSetName: name }, options),
  );
  if (answer.ok) return answer.value.Summaries?.[0];
  if (isStackSetNotFound(answer.problems[0].name)) return undefined;
  throw callFailure(run, 'ListStackSetOperations', answer.problems[0]);
}

/** Undefined if there is no such operation. */
export async function* describeOperation(
  run: Run,
  port: StackSetPort,
  name: string,
  OperationId: string,
): RunGenerator<StackSetOperation | undefined> {
  const answer = yield* readWithRetry(run, 'DescribeStackSetOperation', (options) =>
    port.describeStackSetOperation({ StackSetName: name, OperationId }, options),
  );
  if (answer.ok) return answer.value.StackSetOperation;
  if (/^OperationNotFound/.test(answer.problems[0].name) || isStackSetNotFound(answer.problems[0].name))
    return undefined;
  throw callFailure(run, 'DescribeStackSetOperation', answer.problems[0]);
}

/** The outcome of each stack; empty if it cannot be read: it explains, the operation's status decides. */
export async function* listOperationResults(
  run: Run,
  port: StackSetPort,
  name: string,
  OperationId: string,
): RunGenerator<readonly StackSetOperationResult[]> {
  const answer = yield* listSummaries(run, 'ListStackSetOperationResults', (from, options) =>
    port.listStackSetOperationResults({ StackSetName: name, OperationId, ...from }, options),
  );
  return answer.ok ? answer.value : [];
}

async function* listSummaries<T>(
  run: Run,
  action: ApiAction,
  read: (from: PageToken, options: CallOptions) => Promise<Page & { readonly Summaries?: T[] | undefined }>,
): RunGenerator<CallResult<readonly T[]>> {
  const all: T[] = [];
  const answer = yield* readRunPages(run, action, read, ({ Summaries = [] }) => all.push(...Summaries));
  return answer.ok ? success(all) : answer;
}
