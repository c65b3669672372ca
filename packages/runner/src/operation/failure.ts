// Describes a failed operation: the root cause, the blocking resources, and the next step.

import type { Result } from '../run/result.ts';
import { type Run, type RunGenerator, resultOf } from '../run/run.ts';
import type { StackState } from '../stack/describe.ts';
import { type BlockingResource, listBlockingResources } from '../stack/resources.ts';
import type { Operation, OperationEnd } from './operation.ts';
import { isOwnFailure, type RootCause } from './rootCause.ts';

const statusTexts: Readonly<Record<string, string>> = {
  CREATE_FAILED: 'The creation failed; its resources were kept',
  ROLLBACK_COMPLETE: 'The creation failed and was rolled back',
  ROLLBACK_FAILED: 'The creation failed, and so did its rollback',
  UPDATE_FAILED: 'The update failed and was not rolled back',
  UPDATE_ROLLBACK_COMPLETE: 'The update failed and was rolled back',
  UPDATE_ROLLBACK_FAILED: 'The update failed, and so did its rollback',
  DELETE_COMPLETE: 'The stack was deleted',
  DELETE_FAILED: 'The deletion failed',
};

const hasBlockingResources = (status: string): boolean =>
  status === 'UPDATE_ROLLBACK_FAILED' || status === 'DELETE_FAILED' || status === 'ROLLBACK_FAILED';

export const blockingResourcesText = (held: readonly BlockingResource[]): string =>
  held.map((each) => `${each.logicalId} (${each.type}): ${each.reason}`).join('; ');

/** The command that helps in a state in which apply is impossible. */
export function recoveryHint(stackName: string, status: string, held: readonly BlockingResource[]): string | undefined {
  const ids = (flag: string) => held.map((each) => ` ${flag} ${each.logicalId}`).join('');
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    return `Fix the cause and run \`i2kit recover ${stackName}\`, or skip the resource with \`i2kit recover ${stackName}${ids('--skip') || ' --skip ID'}\`.`;
  }
  if (status === 'DELETE_FAILED') {
    return `Remove the obstacle and destroy again, or keep the resource with \`i2kit destroy ${stackName}${ids('--retain') || ' --retain ID'}\`.`;
  }
  return undefined;
}

/** The root cause; without an event, the resource that is failed now, or the stack's own reason. */
export async function* explainFailure(
  run: Run,
  op: Operation,
  end: OperationEnd,
  stack: StackState | undefined,
  cause: RootCause | undefined,
): RunGenerator<Result> {
  const listed = hasBlockingResources(end.status) || !cause ? yield* listBlockingResources(run, op.stackId) : [];
  const told = hasBlockingResources(end.status) ? blockingInRollback(op) : [];
  const held = [...listed, ...told.filter((each) => !listed.some((one) => one.logicalId === each.logicalId))];
  return failedResult(run, end, stack, cause, held);
}

/** Not every endpoint still lists a resource as FAILED after a failed rollback; its events do. */
function blockingInRollback(op: Operation): readonly BlockingResource[] {
  const { events: kept } = op.log;
  const back = kept.findLastIndex(
    (event) => event.physicalId === op.stackId && /ROLLBACK_IN_PROGRESS$/.test(event.status),
  );
  if (back < 0) return [];
  return kept
    .slice(back)
    .filter((event) => isOwnFailure(event) && event.physicalId !== op.stackId && event.stackId === op.stackId)
    .map(({ logicalId, physicalId, type, status, reason }) => ({
      logicalId,
      physicalId,
      type,
      status,
      reason: reason ?? '',
    }));
}

export function failedResult(
  run: Run,
  end: OperationEnd,
  stack: StackState | undefined,
  cause: RootCause | undefined,
  held: readonly BlockingResource[],
): Result {
  const { status } = end;
  if (end.kind === 'superseded') {
    return resultOf(run, 'failed', `Another operation started on ${run.stackName} before this one ended.`, {
      reason: 'superseded',
      hint: 'Check `i2kit events`, then plan again.',
      ...(cause ? { cause } : {}),
    });
  }
  const why = cause
    ? `${cause.logicalId} (${cause.type}): ${cause.reason}`
    : blockingResourcesText(held) || stack?.statusReason || 'CloudFormation gives no reason';
  const also = cause && held.length > 0 ? ` Blocked by: ${blockingResourcesText(held)}.` : '';
  const hint = recoveryHint(run.stackName, status, held);
  return resultOf(
    run,
    'failed',
    `${statusTexts[status] ?? `The stack is ${status}`}: ${why.replace(/\.$/, '')}.${also}`,
    {
      reason:
        status === 'DELETE_FAILED'
          ? 'delete-failed'
          : status === 'UPDATE_ROLLBACK_FAILED'
            ? 'recover-first'
            : 'deployment',
      status,
      ...(cause ? { cause } : {}),
      ...(held.length > 0 ? { held } : {}),
      ...(hint ? { hint } : {}),
    },
  );
}
