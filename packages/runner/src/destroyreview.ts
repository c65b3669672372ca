// What a deletion would take away, and what it would leave.

import type { Clients } from './clients.ts';
import { type Worth, worthOf } from './data.ts';
import type { RunEvent } from './events/catalog.ts';
import { assertPlace, type Place } from './identity.ts';
import type { Owner } from './input.ts';
import { stackOf } from './look.ts';
import { assertOurs } from './owner.ts';
import { policiesOf, resourcesOf } from './resources.ts';
import type { Result } from './result.ts';
import { begin, caught, type Run, type RunOptions, type Steps, say } from './run.ts';

export interface Doomed {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** DeletionPolicy of the template that the stack has now. */
  readonly policy: string;
  readonly worth?: Worth;
}

/** Plain data; `destroy` takes it. */
export type DestroyReview =
  | (Place & {
      readonly kind: 'present';
      readonly stackName: string;
      readonly stackId: string;
      readonly status: string;
      readonly isProtected: boolean;
      readonly deletes: readonly Doomed[];
      readonly keeps: readonly Doomed[];
    })
  | (Place & { readonly kind: 'absent'; readonly stackName: string })
  | { readonly kind: 'blocked'; readonly stackName: string; readonly result: Result };

export interface DestroyInput {
  readonly stackName: string;
  readonly expect?: Partial<Place>;
  /** Absent: whoever's it is, as it was named by its own name. */
  readonly owner?: Owner;
}

/** Reads alone. */
export async function reviewDestroy(
  clients: Clients,
  input: DestroyInput,
  options: RunOptions & { readonly onEvent?: (event: RunEvent) => void } = {},
): Promise<DestroyReview> {
  const run = begin(clients, input.stackName, options, `i2kit destroy ${input.stackName}`);
  let made: DestroyReview | undefined;
  async function* inner(): Steps<Result> {
    made = yield* found(run, input);
    return { outcome: 'succeeded', message: '', stackName: input.stackName };
  }
  const steps = caught(inner());
  for (;;) {
    const step = await steps.next();
    if (step.done) return made ?? { kind: 'blocked', stackName: input.stackName, result: step.value };
    options.onEvent?.(step.value);
  }
}

async function* found(run: Run, input: DestroyInput): Steps<DestroyReview> {
  const place = yield* assertPlace(run, input.expect ?? {});
  const stack = yield* stackOf(run, input.stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE') return { kind: 'absent', stackName: input.stackName, ...place };
  assertOurs(run, stack, input.owner);
  yield say(run, 'I2K831', `${input.stackName} is ${stack.status}.`, { stackId: stack.stackId, status: stack.status });
  const resources = (yield* resourcesOf(run, stack.stackId)) ?? [];
  const policies = resources.length > 0 ? yield* policiesOf(run, stack.stackId) : {};
  const doomed = resources
    .filter((each) => each.ResourceStatus !== 'DELETE_COMPLETE' && each.PhysicalResourceId)
    .map((each): Doomed => {
      const type = each.ResourceType ?? '';
      const worth = worthOf(type);
      return {
        logicalId: each.LogicalResourceId ?? '',
        physicalId: each.PhysicalResourceId ?? '',
        type,
        policy: policies?.[each.LogicalResourceId ?? ''] ?? 'Delete',
        ...(worth ? { worth } : {}),
      };
    });
  const kept = (each: Doomed): boolean => each.policy.startsWith('Retain');
  return {
    kind: 'present',
    stackName: input.stackName,
    ...place,
    stackId: stack.stackId,
    status: stack.status,
    isProtected: stack.isProtected,
    deletes: doomed.filter((each) => !kept(each)),
    keeps: doomed.filter(kept),
  };
}
