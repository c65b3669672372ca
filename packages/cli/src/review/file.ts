// Reads and writes reviews as files, for another process to execute.

import { resolve } from 'node:path';
import {
  errorMessage,
  failure,
  isObject,
  type Outcome,
  type Problem,
  parseJson,
  success,
  systemCode,
} from '@i2kit/common';
import type { Review } from '@i2kit/runner';
import type { Io } from '../io.ts';
import { writeFiles } from '../output/writeFiles.ts';
import type { DesiredStack, Owner } from '../ports/aws.ts';

/** The parts of a review that its change set lacks: the owner of the service variables to write. */
export interface ReviewSideEffects {
  readonly owner: Owner;
  readonly variables: NonNullable<DesiredStack['variables']>;
}

export const writeReviewFile = (
  io: Io,
  name: string,
  review: Review,
  beside: Partial<ReviewSideEffects>,
): readonly Problem[] => {
  const { owner, variables } = beside;
  const content = { ...review, ...(owner && variables && { beside: { owner, variables } }) };
  const problems = writeFiles(io, [{ name, content: `${JSON.stringify(content, null, 2)}\n` }]);
  return problems.map(({ message }) => ({ message: `${name}: ${message}` }));
};

export interface ReviewFile {
  readonly review: Review;
  readonly beside?: ReviewSideEffects;
}

/** Only the file's form is trusted: the runner reads the change set again and compares its hashes. */
export function readReviewFile(io: Io, name: string): Outcome<ReviewFile> {
  try {
    const review = parseJson(io.files.readFileSync(resolve(io.cwd, name), 'utf8'));
    const { beside, ...rest } = Object(review) as Partial<Record<'kind' | 'version' | 'stackName' | 'beside', unknown>>;
    const isReview = rest.version === 1 && typeof rest.kind === 'string' && typeof rest.stackName === 'string';
    if (isReview && (beside === undefined || isSideEffects(beside)))
      return success({ review: rest as unknown as Review, ...(beside !== undefined && { beside }) });
    return failure({ message: `${name} is not a review written by --save-review.` });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return failure({ message: `${name}: ${errorMessage(error)}` });
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
