// A template that is too large for a request goes through the environment's bucket, under its own hash.
import { again, attempt, giveUp } from './call.ts';
import { type Run, refuse, type Steps, say, stop } from './run.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const inRequest = 51_200;
const inBucket = 1_048_576;

/** The address of the uploaded template; undefined where it fits into the request. */
export async function* uploaded(run: Run, template: string, hash: string): Steps<string | undefined> {
  const bytes = Buffer.byteLength(template, 'utf8');
  if (bytes <= inRequest) return undefined;
  const { bucket } = run.clients;
  if (bytes > inBucket) throw stop(refuse(run, 'too-large', `The template has ${bytes} bytes; CloudFormation reads ${inBucket}.`));
  if (!bucket) {
    throw stop(
      refuse(run, 'too-large', `The template has ${bytes} bytes; without a bucket CloudFormation reads ${inRequest}.`, {
        hint: 'Let the environment have its bucket (`i2kit env create`), or split the app.',
      }),
    );
  }
  const key = `templates/${hash}.json`;
  for (let tries = 0; ; tries++) {
    // The key is the content's hash: to write it twice is to write the same.
    const answer = yield* attempt(run, 'PutObject', () => bucket.put({ Key: key, Body: template }));
    if (answer.ok) break;
    if (answer.fault.kind !== 'transient') throw giveUp(run, 'PutObject', answer.fault);
    yield* again(run, 'PutObject', answer.fault, tries);
  }
  yield say(run, 'I2K808', `The template (${bytes} bytes) is in ${bucket.name}.`, { key, bytes });
  return bucket.url(key);
}
