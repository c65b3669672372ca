// Lists a stack's current resources: those that hold data, and those that block an operation.

import type { CallResult } from '@i2kit/aws';
import { success } from '@i2kit/common';
import { cancelledReason } from '../operation/rootCause.ts';
import type { StackResourceSummary } from '../ports/cloudFormation.ts';
import { callFailure, readRunPages, requireRead } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';
import type { DeletionPolicies, EndangeredResource } from './dataLossGuard.ts';
import { dataLossRiskOf } from './dataLossGuard.ts';

/** A resource that blocks a rollback or a deletion. */
export interface BlockingResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

/** Page by page, with deleted resources. */
async function* listAllResources(run: Run, stackId: string): RunGenerator<CallResult<readonly StackResourceSummary[]>> {
  const all: StackResourceSummary[] = [];
  const answer = yield* readRunPages(
    run,
    'ListStackResources',
    (from, options) => run.clients.cloudFormation.listStackResources({ StackName: stackId, ...from }, options),
    ({ StackResourceSummaries = [] }) => all.push(...StackResourceSummaries),
  );
  return answer.ok ? success(all) : answer;
}

/** All resources of a stack; undefined if the stack no longer exists. */
export async function* listStackResources(
  run: Run,
  stackId: string,
): RunGenerator<readonly StackResourceSummary[] | undefined> {
  const answer = yield* listAllResources(run, stackId);
  if (answer.ok) return answer.value;
  if (answer.problems[0].kind === 'absent') return undefined;
  throw callFailure(run, 'ListStackResources', answer.problems[0]);
}

/** Resources that would be orphaned, or deleted, with a stack whose creation failed. */
export function endangeredByDeletion(resources: readonly StackResourceSummary[]): readonly EndangeredResource[] {
  return resources.flatMap((each) => {
    const type = each.ResourceType ?? '';
    const gone = each.ResourceStatus === 'DELETE_COMPLETE' || !each.PhysicalResourceId;
    if (gone || dataLossRiskOf(type) !== 'data') return [];
    // DELETE_SKIPPED: retained on purpose; it would outlive the stack, and the new stack would start with an empty
    // one.
    const how = each.ResourceStatus === 'DELETE_SKIPPED' ? 'orphaned' : 'deleted';
    return [
      { logicalId: each.LogicalResourceId ?? '', physicalId: each.PhysicalResourceId ?? '', type, worth: 'data', how },
    ];
  });
}

/**
 * Resources that failed in a rollback or a deletion. Empty if they cannot be read: they explain, the status decides.
 */
export async function* listBlockingResources(run: Run, stackId: string): RunGenerator<readonly BlockingResource[]> {
  const answer = yield* listAllResources(run, stackId);
  const all = answer.ok ? answer.value : [];
  return (
    all
      // A cancelled resource blocks nothing, and CloudFormation rejects it in ResourcesToSkip.
      .filter(
        (each) => /_FAILED$/.test(each.ResourceStatus ?? '') && !cancelledReason.test(each.ResourceStatusReason ?? ''),
      )
      .map((each) => ({
        logicalId: each.LogicalResourceId ?? '',
        physicalId: each.PhysicalResourceId ?? '',
        type: each.ResourceType ?? '',
        status: each.ResourceStatus ?? '',
        reason: each.ResourceStatusReason ?? '',
      }))
  );
}

/** DeletionPolicy of each resource of the deployed template; undefined if it is not JSON. */
export async function* readDeletionPolicies(run: Run, stackId: string): RunGenerator<DeletionPolicies> {
  const { TemplateBody } = yield* requireRead(run, 'GetTemplate', (options) =>
    run.clients.cloudFormation.getTemplate({ StackName: stackId, TemplateStage: 'Original' }, options),
  );
  return deletionPoliciesIn(TemplateBody ?? '');
}

export function deletionPoliciesIn(template: string): DeletionPolicies {
  try {
    const parsed = JSON.parse(template) as { Resources?: Record<string, { DeletionPolicy?: unknown } | null> } | null;
    const entries = Object.entries(parsed?.Resources ?? {});
    return Object.fromEntries(entries.map(([id, each]) => [id, String(each?.DeletionPolicy ?? 'Delete')]));
  } catch {
    return undefined;
  }
}
