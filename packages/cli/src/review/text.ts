// Renders a review as text, with the origins of its resources.
import { type CloudFormationPort, type EndangeredResource, printable, type Review } from '@i2kit/runner';
import { type ResourceOrigins, resourceOriginsIn } from '../aws/resourceOrigins.ts';
import type { Context } from '../context.ts';
import type { StackReview } from '../ports/review.ts';

export async function reviewText(
  { io, color, reviewer }: Context,
  review: Review,
  effects: StackReview | undefined,
): Promise<string> {
  if (review.kind !== 'change-set' && review.kind !== 'deferred') return '';
  const place = `${review.stackName} in ${review.region}, account ${review.account}`;
  const lost = review.endangered.map(
    (each) => `  ${each.logicalId} (${each.type}) ${each.how}: its ${each.worth} would be lost.`,
  );
  const { reviewText: text } = await reviewer();
  const columns = Math.max(80, io.stderr.columns ?? 100);
  const told = effects ? text(effects, { columns, color, hunks: !effects.comparison.fresh }) : '';
  return `${[place, ...deferralText(review), ...lost].map(printable).join('\n')}\n${told}`;
}

/** Why there is no change set yet. */
function deferralText(review: Review): readonly string[] {
  if (review.kind !== 'deferred') return [];
  if (review.remake) return [`The stack is ${review.remake.status}: it is deleted and created again.`];
  return [`Its dependencies do not exist yet: the review is bound to its input ${review.inputHash.slice(0, 16)}.`];
}

/** Changes that the runner refuses: no confirmation is needed. */
export const unallowedReplacements = (
  review: Review,
  allowed: readonly string[] = [],
): readonly EndangeredResource[] =>
  review.kind === 'change-set' || review.kind === 'deferred'
    ? review.endangered.filter((each) => !allowed.includes(each.logicalId))
    : [];

/** Only the deployed template knows the origins of removed resources. */
export async function fetchRemovedOrigins(port: CloudFormationPort, review: Review): Promise<ResourceOrigins> {
  if (review.kind !== 'change-set' || !review.changes.some((change) => change.Action === 'Remove')) return {};
  return fetchStackOrigins(port, review.stackId);
}

/** From the deployed template; explanatory only, so they may be missing. */
export async function fetchStackOrigins(port: CloudFormationPort, stackName: string): Promise<ResourceOrigins> {
  try {
    const { TemplateBody = '' } = await port.getTemplate({ StackName: stackName, TemplateStage: 'Original' });
    return resourceOriginsIn(TemplateBody);
  } catch {
    return {};
  }
}
