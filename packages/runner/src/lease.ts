// An optional lease on a stack, by a conditional put in the bucket, so that two deploys do not even race.
import { attempt, giveUp, must } from './call.ts';
import { nonce } from './changeset.ts';
import type { BucketPort } from './ports/others.ts';
import { nothing, type Run, refuse, type Steps, say, stop } from './run.ts';

interface Lease {
  readonly holder: string;
  /** Milliseconds since the epoch. Clocks differ: CloudFormation's own guards hold whatever this says. */
  readonly until: number;
}

function leaseIn(body: string): Lease | undefined {
  try {
    const value = JSON.parse(body) as Partial<Lease>;
    return typeof value.holder === 'string' && typeof value.until === 'number' ? { holder: value.holder, until: value.until } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lease or refuses, naming who has it; gives what releases it. It is not renewed: where a deploy takes longer,
 * a second run gets the lease, finds the stack in progress and attaches or refuses all the same.
 */
export async function* leased(run: Run, ms: number): Steps<(() => Promise<void>) | undefined> {
  const { bucket, clock } = run.clients;
  if (!bucket) return undefined;
  const key = `leases/${run.stackName}.json`;
  const mine: Lease = { holder: `run-${nonce(run)}`, until: clock.now() + ms };
  for (let tries = 0; tries < 4; tries++) {
    const put = yield* attempt(run, 'PutObject', () => bucket.put({ Key: key, Body: JSON.stringify(mine), IfNoneMatch: '*' }));
    if (put.ok) break;
    if (put.fault.kind !== 'lost' && put.fault.kind !== 'transient') throw giveUp(run, 'PutObject', put.fault);
    const now = yield* attempt(run, 'GetObject', (options) => bucket.get({ Key: key }, options));
    if (!now.ok) continue;
    const other = leaseIn(now.value.Body);
    if (other?.holder === mine.holder) break;
    if (other && other.until > clock.now())
      throw stop(
        refuse(
          run,
          'leased',
          `${run.stackName} is leased to ${other.holder} until ${new Date(other.until).toISOString()}. ${nothing(run)}`,
        ),
      );
    const over = yield* attempt(run, 'PutObject', () =>
      bucket.put({ Key: key, Body: JSON.stringify(mine), ...(now.value.ETag ? { IfMatch: now.value.ETag } : {}) }),
    );
    if (over.ok) break;
  }
  const held = yield* must(run, 'GetObject', (options) => bucket.get({ Key: key }, options));
  if (leaseIn(held.Body)?.holder !== mine.holder)
    throw stop(refuse(run, 'leased', `${run.stackName} is leased to another run. ${nothing(run)}`));
  yield say(run, 'I2K816', 'The lease is ours.', mine);
  return () => release(bucket, key);
}

// A lease that cannot be given back runs out.
const release = async (bucket: BucketPort, key: string): Promise<void> => {
  await bucket.remove({ Key: key }).catch(() => {});
};
