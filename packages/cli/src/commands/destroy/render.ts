// Describes the effects of a deletion.
import { countText } from '@i2kit/common';
import { type DestroyReview, printable } from '@i2kit/runner';
import type { ResourceOrigins } from '../../aws/resourceOrigins.ts';

type PresentReview = Extract<DestroyReview, { kind: 'present' }>;
type DeletedResource = PresentReview['deletes'][number];

/** Resources with data or an address are listed individually; the rest are counted by object. */
export function destroySummary(review: PresentReview, origins: ResourceOrigins, retain: readonly string[]): string {
  const kept = [...review.keeps, ...review.deletes.filter((each) => retain.includes(each.logicalId))];
  const goes = review.deletes.filter((each) => !retain.includes(each.logicalId));
  const objects = new Map<string, DeletedResource[]>();
  for (const each of goes) {
    const origin = origins[each.logicalId] ?? each.type;
    objects.set(origin, [...(objects.get(origin) ?? []), each]);
  }
  const named = (each: DeletedResource) => `${each.logicalId} (${each.type}) ${each.physicalId}`;
  const lines = [
    `${review.stackName} in ${review.region}, account ${review.account}, is ${review.status}: ${countText(goes.length, 'resource')} would be deleted, ${kept.length} kept`,
    ...[...objects].map(([origin, all]) => `  DESTROY  ${origin}: ${countText(all.length, 'resource')}`),
    ...goes
      .filter((each) => each.worth === 'data')
      .map(
        (each) =>
          `  DESTROY  ${named(each)}: ${each.policy === 'Snapshot' ? 'a snapshot of its data is kept' : 'its data is lost'}`,
      ),
    ...kept.map((each) => `  RETAIN   ${named(each)}`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
