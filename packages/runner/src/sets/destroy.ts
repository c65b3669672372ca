// A stack set goes: its stacks first, each with what it holds, then the set.
import { again, attempt, giveUp } from '../call.ts';
import type { Clients } from '../clients.ts';
import type { RunEvent } from '../events/catalog.ts';
import { assertPlace, type Place } from '../identity.ts';
import type { StackSetPort } from '../ports/stacksets.ts';
import type { Result } from '../result.ts';
import { begin, conclude, ending, type Run, type RunOptions, refuse, type Steps, say } from '../run.ts';
import { operationId, operationPrefix, type SetInput } from './input.ts';
import { isGone, newestOperation, setOf } from './look.ts';
import { begun, failure, underWay, watched } from './operate.ts';
import { placesOf, preferencesFor } from './plan.ts';

export interface SetToDestroy {
  readonly name: string;
  readonly preferences?: SetInput['preferences'];
  readonly detach?: boolean;
  readonly expect?: Partial<Place>;
}

/** A set that is not there any more is no error. */
export async function* destroySet(
  clients: Clients,
  port: StackSetPort,
  input: SetToDestroy,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.name, options, `i2kit destroy ${input.name}`);
  yield* ending(run, destroyed(run, port, input));
}

async function* destroyed(run: Run, port: StackSetPort, { name, preferences, detach, expect }: SetToDestroy): Steps<Result> {
  yield* assertPlace(run, expect ?? {});
  const first = yield* setOf(run, port, name);
  if (!first) return conclude(run, 'unchanged', `There is no stack set ${name}; there was nothing to do.`);
  // The same for every run that deletes this very set.
  const hash = `destroy${first.id.replace(/[^A-Za-z0-9]/g, '').slice(-24)}`;
  let view: typeof first | undefined = first;
  while (view && view.instances.length > 0) {
    const before = yield* newestOperation(run, port, name);
    const earlier = yield* underWay(run, port, operationPrefix(hash));
    const [places] = placesOf(view.instances);
    if (earlier === undefined && places !== undefined) {
      const id = operationId(hash, JSON.stringify(places), view.id, before?.OperationId ?? '');
      const request = {
        StackSetName: name,
        ...places,
        OperationId: id,
        OperationPreferences: preferencesFor({ regions: [], ...(preferences && { preferences }) }, places.Regions),
        RetainStacks: false as const,
      };
      const begin = { action: 'DeleteStackInstances', id, prefix: operationPrefix(hash) } as const;
      const taken = yield* begun(run, port, begin, () => port.deleteStackInstances(request));
      if (detach) return conclude(run, 'detached', `The stacks of ${name} are being deleted in AWS; go on with: ${run.command}`);
      const end = yield* watched(run, port, taken);
      if (end.status !== 'SUCCEEDED' || end.failed.length > 0) return failure(run, end, 'destroyed');
    } else if (earlier !== undefined) {
      const end = yield* watched(run, port, earlier);
      if (end.status !== 'SUCCEEDED' || end.failed.length > 0) return failure(run, end, 'destroyed');
    }
    view = yield* setOf(run, port, name);
  }
  return yield* removed(run, port, first.id);
}

async function* removed(run: Run, port: StackSetPort, setId: string): Steps<Result> {
  for (let tries = 0; ; tries++) {
    const view = yield* setOf(run, port, run.stackName);
    if (!view) return conclude(run, 'succeeded', `The stack set ${run.stackName} is gone.`, { stackId: setId });
    if (view.id !== setId || view.instances.length > 0) {
      return refuse(run, 'obsolete', `Another run is at work on the stack set ${run.stackName}. Its stacks of before are deleted.`);
    }
    const answer = yield* attempt(run, 'DeleteStackSet', () => port.deleteStackSet({ StackSetName: run.stackName }));
    if (answer.ok) yield say(run, 'I2K887', `The stack set ${run.stackName} is deleted.`, { name: run.stackName });
    else if (answer.fault.kind === 'transient' || /^(OperationInProgress|StackSetNotEmpty)/.test(answer.fault.name)) {
      if (tries >= 8 && answer.fault.kind !== 'transient') throw giveUp(run, 'DeleteStackSet', answer.fault);
      yield* again(run, 'DeleteStackSet', answer.fault, tries);
    } else if (!isGone(answer.fault.name)) throw giveUp(run, 'DeleteStackSet', answer.fault);
  }
}
