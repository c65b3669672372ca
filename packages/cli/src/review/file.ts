// Reviews in files: what one process showed, for another one to execute.

import { resolve } from 'node:path';
import { errorMessage, isObject, systemCode } from '@i2kit/common';
import type { Review } from '@i2kit/runner';
import type { Io } from '../io.ts';
import { writeFiles } from '../output/writeFiles.ts';
import type { DesiredStack, Owner } from '../ports/aws.ts';

/** What belongs to a review and is not in its change set: whose service variables are written with it. */
export interface ReviewSideEffects {
  readonly owner: Owner;
  readonly variables: NonNullable<DesiredStack['variables']>;
}

export const writeReviewFile = (
  io: Io,
  name: string,
  review: Review,
  beside: Partial<ReviewSideEffects>,
): string | undefined => {
  const { owner, variables } = beside;
  const content = { ...review, ...(owner && variables && { beside: { owner, variables } }) };
  const [wrong] = writeFiles(io, [{ name, content: `${JSON.stringify(content, null, 2)}\n` }]);
  return wrong && `${name}: ${wrong.message}`;
};

type ReviewFile = { readonly review: Review; readonly beside?: ReviewSideEffects } | { readonly wrong: string };

/** Of the file only its form is believed: the runner reads the change set anew, and holds it against the hashes. */
export function readReviewFile(io: Io, name: string): ReviewFile {
  try {
    const review: unknown = JSON.parse(io.files.readFileSync(resolve(io.cwd, name), 'utf8'));
    const { beside, ...rest } = Object(review) as Partial<Record<'kind' | 'version' | 'stackName' | 'beside', unknown>>;
    const isReview = rest.version === 1 && typeof rest.kind === 'string' && typeof rest.stackName === 'string';
    if (isReview && (beside === undefined || isSideEffects(beside)))
      return { review: rest as unknown as Review, ...(beside !== undefined && { beside }) };
    return { wrong: `${name}: this is no review that --save-review wrote.` };
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return { wrong: `${name}: ${errorMessage(error)}` };
  }
}

function isSideEffects(value: unknown): value is ReviewSideEffects {
  if (!isObject(value) || !isObject(value['owner']) || !isObject(value['variables'])) return false;
  const { env, app } = value['owner'];
  const texts = Object.values(value['variables']).flatMap((each) =>
    isObject(each) ? Object.values(each) : [undefined],
  );
  return (
    typeof env === 'string' &&
    (app === undefined || typeof app === 'string') &&
    texts.every((text) => typeof text === 'string')
  );
}
