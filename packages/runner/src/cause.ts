// The root cause of a failure: the first resource that failed by itself.
import type { ResourceEvent } from './events/wait.ts';

export interface Cause {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly stackId: string;
  /** Milliseconds since the epoch, by the service's clock. */
  readonly at: number;
  /** What the machines of a failed group said before they went. */
  readonly evidence: readonly string[];
}

// Victims of another's failure: "Resource creation cancelled", "Resource update cancelled", "Operation Cancelled".
export const victim = /\bcancell?ed\b/i;
const embedded = 'AWS::CloudFormation::Stack';

/** A resource that failed by itself: no victim, no stack that only reports what failed in it. */
export const isCulprit = (event: ResourceEvent): boolean =>
  event.status.endsWith('_FAILED') && event.type !== embedded && !victim.test(event.reason ?? '');

/** A nested stack that could not even be begun has no events of its own: then it is the culprit itself. */
const isBox = (event: ResourceEvent): boolean =>
  event.status.endsWith('_FAILED') && event.type === embedded && event.physicalId !== event.stackId && !victim.test(event.reason ?? '');

/** The earliest by the service's clock; among equals the one that was said first. `events` in any order. */
export function rootCause(events: readonly ResourceEvent[], evidence: readonly string[] = []): Cause | undefined {
  const first = (test: (event: ResourceEvent) => boolean): ResourceEvent | undefined =>
    events.filter(test).reduce<ResourceEvent | undefined>((best, each) => (best && best.at <= each.at ? best : each), undefined);
  const found = first(isCulprit) ?? first(isBox);
  return found && causeOf(found, evidence);
}

export const causeOf = (event: ResourceEvent, evidence: readonly string[]): Cause => ({
  logicalId: event.logicalId,
  physicalId: event.physicalId,
  type: event.type,
  status: event.status,
  reason: event.reason ?? 'CloudFormation gives no reason.',
  stackId: event.stackId,
  at: event.at,
  evidence,
});
