// Reviews a deletion: the resources that it would delete, and those that it would keep.

import type { StackOwner } from '../deploy/stackInput.ts';
import type { RunEvent } from '../events/catalog.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import { type Run, type RunGenerator, type RunOptions, runEvent, runToValue, startRun } from '../run/run.ts';
import { type DataLossRisk, dataLossRiskOf } from '../stack/dataLossGuard.ts';
import { describeStack } from '../stack/describe.ts';
import { assertOwnership } from '../stack/ownership.ts';
import { listStackResources, readDeletionPolicies } from '../stack/resources.ts';

export interface ReviewedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** DeletionPolicy in the deployed template. */
  readonly policy: string;
  readonly worth?: DataLossRisk;
}

/** Plain data; input of `destroy`. */
export type DestroyReview =
  | (AccountRegion & {
      readonly kind: 'present';
      readonly stackName: string;
      readonly stackId: string;
      readonly status: string;
      readonly isProtected: boolean;
      readonly deletes: readonly ReviewedResource[];
      readonly keeps: readonly ReviewedResource[];
    })
  | (AccountRegion & { readonly kind: 'absent'; readonly stackName: string })
  | { readonly kind: 'blocked'; readonly stackName: string; readonly result: Result };

export interface DestroyInput {
  readonly stackName: string;
  readonly expect?: Partial<AccountRegion>;
  /** Default: do not check the owner, because the user named the stack itself. */
  readonly owner?: StackOwner;
}

/** Read-only. */
export async function reviewDestroy(
  clients: Clients,
  input: DestroyInput,
  options: RunOptions & { readonly onEvent?: (event: RunEvent) => void } = {},
): Promise<DestroyReview> {
  const run = startRun(clients, input.stackName, options, `i2kit destroy ${input.stackName}`);
  const made = await runToValue(buildDestroyReview(run, input), options.onEvent);
  return made.ok ? made.value : { kind: 'blocked', stackName: input.stackName, result: made.problems[0] };
}

async function* buildDestroyReview(run: Run, input: DestroyInput): RunGenerator<DestroyReview> {
  const place = yield* assertAccountRegion(run, input.expect ?? {});
  const stack = yield* describeStack(run, input.stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE') return { kind: 'absent', stackName: input.stackName, ...place };
  assertOwnership(run, stack, input.owner);
  yield runEvent(run, 'I2K831', `${input.stackName} is ${stack.status}.`, {
    stackId: stack.stackId,
    status: stack.status,
  });
  const resources = (yield* listStackResources(run, stack.stackId)) ?? [];
  const policies = resources.length > 0 ? yield* readDeletionPolicies(run, stack.stackId) : {};
  const doomed = resources
    .filter((each) => each.ResourceStatus !== 'DELETE_COMPLETE' && each.PhysicalResourceId)
    .map((each): ReviewedResource => {
      const type = each.ResourceType ?? '';
      const worth = dataLossRiskOf(type);
      return {
        logicalId: each.LogicalResourceId ?? '',
        physicalId: each.PhysicalResourceId ?? '',
        type,
        policy: policies?.[each.LogicalResourceId ?? ''] ?? 'Delete',
        ...(worth ? { worth } : {}),
      };
    });
  const kept = (each: ReviewedResource): boolean => each.policy.startsWith('Retain');
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
