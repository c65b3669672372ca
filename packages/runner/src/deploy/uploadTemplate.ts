// Uploads a template that is too large for a request to the environment's bucket, under its own hash.

import { callAtMostOnce, callFailure, reportAndBackOff } from '../run/calls.ts';
import { type Run, type RunGenerator, RunStopped, refusalOf, runEvent } from '../run/run.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxRequestBytes = 51_200;
const maxBucketBytes = 1_048_576;

/** URL of the uploaded template; undefined if it fits into the request. */
export async function* uploadTemplate(run: Run, template: string, hash: string): RunGenerator<string | undefined> {
  const bytes = Buffer.byteLength(template, 'utf8');
  if (bytes <= maxRequestBytes) return undefined;
  const { bucket } = run.clients;
  if (bytes > maxBucketBytes)
    throw new RunStopped(
      refusalOf(run, 'too-large', `The template has ${bytes} bytes; CloudFormation's limit is ${maxBucketBytes}.`),
    );
  if (!bucket) {
    throw new RunStopped(
      refusalOf(
        run,
        'too-large',
        `The template has ${bytes} bytes; CloudFormation's limit without a bucket is ${maxRequestBytes}.`,
        {
          hint: "Create the environment's bucket with `i2kit env create`, or split the app.",
        },
      ),
    );
  }
  const key = `templates/${hash}.json`;
  for (let tries = 0; ; tries++) {
    // The key is the content's hash, so a repeated write stores the same object.
    const answer = yield* callAtMostOnce(run, 'PutObject', () => bucket.put({ Key: key, Body: template }));
    if (answer.ok) break;
    if (answer.problems[0].kind !== 'transient') throw callFailure(run, 'PutObject', answer.problems[0]);
    yield* reportAndBackOff(run, 'PutObject', answer.problems[0], tries);
  }
  yield runEvent(run, 'I2K808', `Uploaded the template (${bytes} bytes) to ${bucket.name}.`, { key, bytes });
  return bucket.url(key);
}
