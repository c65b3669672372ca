// Finds the root cause of a failure: the first resource that failed by itself.
import type { ResourceEvent } from '../events/operationEvents.ts';

export interface RootCause {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly stackId: string;
  /** Milliseconds since the epoch, by the service's clock. */
  readonly at: number;
  /** Diagnostics of the machines of a failed group, read before they were terminated. */
  readonly evidence: readonly string[];
}

// Resources that failed because of another: "Resource creation cancelled", "Resource update cancelled", "Operation
// Cancelled".
export const cancelledReason = /\bcancell?ed\b/i;
const nestedStackType = 'AWS::CloudFormation::Stack';

/** A resource that failed by itself: not cancelled, and not a stack that only reports a failure inside it. */
export const isOwnFailure = (event: ResourceEvent): boolean =>
  event.status.endsWith('_FAILED') && event.type !== nestedStackType && !cancelledReason.test(event.reason ?? '');

/** A nested stack that could not be started has no events of its own: it is the cause itself. */
const isFailedNestedStack = (event: ResourceEvent): boolean =>
  event.status.endsWith('_FAILED') &&
  event.type === nestedStackType &&
  event.physicalId !== event.stackId &&
  !cancelledReason.test(event.reason ?? '');

/** The earliest by the service's clock; the first one among equals. `events` in any order. */
export function rootCauseOf(events: readonly ResourceEvent[], evidence: readonly string[] = []): RootCause | undefined {
  const first = (test: (event: ResourceEvent) => boolean): ResourceEvent | undefined =>
    events
      .filter(test)
      .reduce<ResourceEvent | undefined>((best, each) => (best && best.at <= each.at ? best : each), undefined);
  const found = first(isOwnFailure) ?? first(isFailedNestedStack);
  return found && rootCauseFrom(found, evidence);
}

export const rootCauseFrom = (event: ResourceEvent, evidence: readonly string[]): RootCause => ({
  logicalId: event.logicalId,
  physicalId: event.physicalId,
  type: event.type,
  status: event.status,
  reason: event.reason ?? 'CloudFormation gives no reason.',
  stackId: event.stackId,
  at: event.at,
  evidence,
});
