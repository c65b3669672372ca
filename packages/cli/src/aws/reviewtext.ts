// A review in words, and what has to be known for them.
import { type CloudFormationPort, type Endangered, printable, type Review } from '@i2kit/runner';
import { changesText } from './changes.ts';
import { type Origins, originsIn } from './origins.ts';

export function reviewText(review: Review, origins: Origins, color: boolean): string {
  if (review.kind === 'change-set') return changesText(review, origins, color);
  if (review.kind !== 'deferred') return '';
  if (!review.remake)
    return printable(
      `${review.stackName} can be reviewed only when what it depends on is there: bound to its input ${review.inputHash.slice(0, 16)}.`,
    ).concat('\n');
  const lost = review.endangered.map((each) => `  ${each.logicalId} (${each.type}) would be ${each.how}.`);
  const first = `${review.stackName} is ${review.remake.status}: it is deleted first, and then made anew.`;
  return `${[first, ...lost].map(printable).join('\n')}\n`;
}

/** What the runner will refuse: nobody need be asked. */
export const unasked = (review: Review, allowed: readonly string[] = []): readonly Endangered[] =>
  review.kind === 'change-set' || review.kind === 'deferred' ? review.endangered.filter((each) => !allowed.includes(each.logicalId)) : [];

/** Where what goes came from: only the template that the stack has now can tell. */
export async function removedOrigins(port: CloudFormationPort, review: Review): Promise<Origins> {
  if (review.kind !== 'change-set' || !review.changes.some((change) => change.Action === 'Remove')) return {};
  return stackOrigins(port, review.stackId);
}

/** Of the template that a stack has now; they only explain, and so may be missing. */
export async function stackOrigins(port: CloudFormationPort, stackName: string): Promise<Origins> {
  try {
    const { TemplateBody = '' } = await port.getTemplate({ StackName: stackName, TemplateStage: 'Original' });
    return originsIn(TemplateBody);
  } catch {
    return {};
  }
}
