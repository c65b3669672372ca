// What a review would do to people's things: the template that the stack has, against the one that it would get.
import type { Review } from '@i2kit/runner';
import { parse } from 'yaml';
import type { Context } from '../context.ts';
import type { StackReview, Template } from '../review-ports.ts';

/** Undefined where nothing would be done. `former` is the text of the stack's template, empty where there is no stack yet. */
export async function effectsOf(
  context: Pick<Context, 'reviewer'>,
  made: Review,
  { former, now }: { readonly former: string; readonly now: string },
): Promise<StackReview | undefined> {
  if (made.kind !== 'change-set' && made.kind !== 'deferred') return undefined;
  const { review, nothing } = await context.reviewer();
  const before = former === '' || (made.kind === 'deferred' && made.remake) ? nothing : read(former);
  const known = { region: made.region };
  return review({ stack: made.stackName, before: { template: before, known }, after: { template: read(now), known } });
}

/** JSON is YAML too; what is neither of ours is told as new altogether. */
function read(text: string): Template {
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : parse(text);
  return typeof value === 'object' && value !== null && 'Resources' in value ? (value as Template) : { Resources: {} };
}
