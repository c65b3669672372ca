// Reviews in files: what one process showed, for another one to execute.
import { resolve } from 'node:path';
import type { Review } from '@i2kit/runner';
import { type Io, messageOf, systemCode } from '../io.ts';
import { writeAll } from '../output/write.ts';

export const writeReview = (io: Io, name: string, review: Review): string | undefined => {
  const [wrong] = writeAll(io, [{ name, content: `${JSON.stringify(review, null, 2)}\n` }]);
  return wrong && `${name}: ${wrong.message}`;
};

/** Of the file only its form is believed: the runner reads the change set anew, and holds it against the hashes. */
export function readReview(io: Io, name: string): { readonly review: Review } | { readonly wrong: string } {
  try {
    const review: unknown = JSON.parse(io.files.readFileSync(resolve(io.cwd, name), 'utf8'));
    const { kind, version, stackName } = Object(review) as Partial<Record<'kind' | 'version' | 'stackName', unknown>>;
    if (version === 1 && typeof kind === 'string' && typeof stackName === 'string') return { review: review as Review };
    return { wrong: `${name}: this is no review that --save-review wrote.` };
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return { wrong: `${name}: ${messageOf(error)}` };
  }
}
