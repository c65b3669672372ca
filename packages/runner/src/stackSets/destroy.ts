// Deletes a stack set: first its stacks with their resources, then the set.

import type { RunEvent } from '../events/catalog.ts';
import type { StackSetPort } from '../ports/stackSets.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, callFailure, reportAndBackOff } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  startRun,
} from '../run/run.ts';
import { describeStackSet, isStackSetNotFound, readNewestOperation } from './describe.ts';
import { operationId, operationPrefix, type StackSetInput } from './input.ts';
import { findOwnOperation, stackSetFailure, startOperation, watchStackSetOperation } from './operation.ts';
import { instanceTargetsOf, operationPreferencesOf } from './plan.ts';

export interface DestroyStackSetInput {
  readonly name: string;
  readonly preferences?: StackSetInput['preferences'];
  readonly detach?: boolean;
  readonly expect?: Partial<AccountRegion>;
}

/** Deleting a set that does not exist is not an error. */
export async function* destroyStackSet(
  clients: Clients,
  port: StackSetPort,
  input: DestroyStackSetInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.name, options, `i2kit destroy ${input.name}`);
  yield* runToResult(run, deleteStacksAndSet(run, port, input));
}

async function* deleteStacksAndSet(
  run: Run,
  port: StackSetPort,
  { name, preferences, detach, expect }: DestroyStackSetInput,
): RunGenerator<Result> {
  yield* assertAccountRegion(run, expect ?? {});
  const first = yield* describeStackSet(run, port, name);
  if (!first) return resultOf(run, 'unchanged', `There is no stack set ${name}; there was nothing to do.`);
  // The same for every run that deletes this set.
  const hash = `destroy${first.id.replace(/[^A-Za-z0-9]/g, '').slice(-24)}`;
  let view: typeof first | undefined = first;
  while (view && view.instances.length > 0) {
    const before = yield* readNewestOperation(run, port, name);
    const earlier = yield* findOwnOperation(run, port, operationPrefix(hash));
    const [places] = instanceTargetsOf(view.instances);
    if (earlier === undefined && places !== undefined) {
      const id = operationId(hash, JSON.stringify(places), view.id, before?.OperationId ?? '');
      const request = {
        StackSetName: name,
        ...places,
        OperationId: id,
        OperationPreferences: operationPreferencesOf(
          { regions: [], ...(preferences && { preferences }) },
          places.Regions,
        ),
        RetainStacks: false as const,
      };
      const begin = { action: 'DeleteStackInstances', id, prefix: operationPrefix(hash) } as const;
      const taken = yield* startOperation(run, port, begin, () => port.deleteStackInstances(request));
      if (detach)
        return resultOf(run, 'detached', `The stacks of ${name} are being deleted in AWS; resume with: ${run.command}`);
      const end = yield* watchStackSetOperation(run, port, taken);
      if (end.status !== 'SUCCEEDED' || end.failed.length > 0) return stackSetFailure(run, end, 'destroyed');
    } else if (earlier !== undefined) {
      const end = yield* watchStackSetOperation(run, port, earlier);
      if (end.status !== 'SUCCEEDED' || end.failed.length > 0) return stackSetFailure(run, end, 'destroyed');
    }
    view = yield* describeStackSet(run, port, name);
  }
  return yield* deleteStackSet(run, port, first.id);
}

async function* deleteStackSet(run: Run, port: StackSetPort, setId: string): RunGenerator<Result> {
  for (let tries = 0; ; tries++) {
    const view = yield* describeStackSet(run, port, run.stackName);
    if (!view) return resultOf(run, 'succeeded', `The stack set ${run.stackName} is gone.`, { stackId: setId });
    if (view.id !== setId || view.instances.length > 0) {
      return refusalOf(
        run,
        'obsolete',
        `Another run is working on the stack set ${run.stackName}. Its previous stacks are deleted.`,
      );
    }
    const answer = yield* callAtMostOnce(run, 'DeleteStackSet', () =>
      port.deleteStackSet({ StackSetName: run.stackName }),
    );
    if (answer.ok) yield runEvent(run, 'I2K887', `The stack set ${run.stackName} is deleted.`, { name: run.stackName });
    else if (
      answer.problems[0].kind === 'transient' ||
      /^(OperationInProgress|StackSetNotEmpty)/.test(answer.problems[0].name)
    ) {
      if (tries >= 8 && answer.problems[0].kind !== 'transient')
        throw callFailure(run, 'DeleteStackSet', answer.problems[0]);
      yield* reportAndBackOff(run, 'DeleteStackSet', answer.problems[0], tries);
    } else if (!isStackSetNotFound(answer.problems[0].name))
      throw callFailure(run, 'DeleteStackSet', answer.problems[0]);
  }
}
