// An optional lease on a stack, by conditional puts in the environment's bucket, so that a second run stops early. A
// running holder renews it; after a kill it expires. CloudFormation's own guards apply regardless.

import { backoffMs, type ClassifiedError, raceAbort } from '@i2kit/aws';
import { nonce } from '../deploy/changeSet.ts';
import type { BucketPort } from '../ports/machines.ts';
import { callAtMostOnce, pauseRun, reportAndBackOff } from './calls.ts';
import type { Result } from './result.ts';
import { notStartedMessage, type Run, type RunGenerator, RunStopped, refusalOf, runEvent } from './run.ts';

export interface LeaseOptions {
  /** Duration of a lease in milliseconds: a killed run delays the next one by at most this much. */
  readonly ms: number;
  /** The holder, for people, e.g. `alice@laptop, process 4711`. */
  readonly holder: string;
}

interface Lease {
  readonly id: string;
  readonly holder: string;
  /** Milliseconds since the epoch, by the holder's clock. */
  readonly since: number;
  readonly until: number;
}

interface StoredLease {
  readonly lease: Lease | undefined;
  readonly etag: string | undefined;
}

const leaseKey = (run: Run): string => `leases/${run.stackName}.json`;

/** Runs the steps under the lease; without a bucket, or if no lease can be had, runs them without one. */
export async function* withLease(
  run: Run,
  options: LeaseOptions | undefined,
  steps: () => RunGenerator<Result>,
): RunGenerator<Result> {
  const { bucket } = run.clients;
  const release = bucket && options ? yield* acquireLease(run, bucket, options) : undefined;
  try {
    return yield* steps();
  } finally {
    await release?.();
  }
}

/**
 * Acquires the lease, or refuses and names the holder. Returns the function that releases it, or nothing if the
 * bucket denies the lease.
 */
async function* acquireLease(
  run: Run,
  bucket: BucketPort,
  { ms, holder }: LeaseOptions,
): RunGenerator<(() => Promise<void>) | undefined> {
  const { clock } = run.clients;
  const id = nonce(run);
  const since = clock.now();
  const bodyOf = (): Lease => ({ id, holder, since, until: clock.now() + ms });
  let seen: Lease | undefined;
  let lost = 0;
  for (let tries = 0; ; tries++) {
    const mine = bodyOf();
    const put = yield* callAtMostOnce(run, 'PutObject', () =>
      bucket.put({ Key: leaseKey(run), Body: JSON.stringify(mine), IfNoneMatch: '*' }),
    );
    if (put.ok) return yield* holdLease(run, bucket, mine, put.value.ETag, bodyOf);
    if (put.problems[0].kind === 'transient' && lost++ < 3) {
      yield* reportAndBackOff(run, 'PutObject', put.problems[0], tries);
      continue;
    }
    if (put.problems[0].kind !== 'conflict') return yield* continueWithoutLease(run, put.problems[0]);
    const there = yield* callAtMostOnce(run, 'GetObject', (options) => bucket.get({ Key: leaseKey(run) }, options));
    if (there.ok) {
      const found: StoredLease = { lease: parseLease(there.value.Body), etag: there.value.ETag };
      // The response to an earlier put of this run was lost.
      if (found.lease?.id === id) return yield* holdLease(run, bucket, found.lease, found.etag, bodyOf);
      if (!found.lease || found.lease.until <= clock.now()) {
        const over = yield* callAtMostOnce(run, 'PutObject', () =>
          bucket.put({
            Key: leaseKey(run),
            Body: JSON.stringify(mine),
            ...(found.etag ? { IfMatch: found.etag } : {}),
          }),
        );
        if (over.ok) return yield* holdLease(run, bucket, mine, over.value.ETag, bodyOf);
      } else {
        // Only a running holder renews: wait for the end of a lease that is not renewed; refuse if it is.
        if (seen?.id === found.lease.id && found.lease.until > seen.until)
          throw new RunStopped(leasedRefusal(run, found.lease));
        if (seen?.id !== found.lease.id)
          yield runEvent(
            run,
            'I2K817',
            `${leaseText(run, found.lease)} Waiting to see whether that run is alive.`,
            found.lease,
          );
        seen = found.lease;
      }
    } else if (there.problems[0].kind !== 'absent' && there.problems[0].kind !== 'transient')
      return yield* continueWithoutLease(run, there.problems[0]);
    await pauseRun(run, backoffMs(tries, run.clients.random, 5_000));
  }
}

async function* holdLease(
  run: Run,
  bucket: BucketPort,
  lease: Lease,
  etag: string | undefined,
  bodyOf: () => Lease,
): RunGenerator<() => Promise<void>> {
  const { clock } = run.clients;
  let { until } = lease;
  let tag = etag;
  run.heartbeat.renew = async () => {
    const next = bodyOf();
    if (until - clock.now() > (next.until - clock.now()) / 2) return;
    try {
      const put = bucket.put({ Key: leaseKey(run), Body: JSON.stringify(next), ...(tag ? { IfMatch: tag } : {}) });
      tag = (await raceAbort(put, run.signal)).ETag;
      until = next.until;
    } catch {
      // Lost, or unavailable for now: tried again at the next pause. An operation in progress continues either way.
    }
  };
  yield runEvent(run, 'I2K816', 'Acquired the lease.', lease);
  return async () => {
    delete run.heartbeat.renew;
    // An expired lease may belong to another run by now. One that cannot be released expires.
    if (until > clock.now()) await raceAbort(bucket.remove({ Key: leaseKey(run) }), run.signal).catch(() => {});
  };
}

async function* continueWithoutLease(run: Run, error: ClassifiedError): RunGenerator<undefined> {
  yield runEvent(
    run,
    'I2K818',
    `No lease can be acquired (${error.name}); only CloudFormation's own guards separate two runs.`,
    {
      said: error.message,
    },
  );
  return undefined;
}

const leaseText = (run: Run, { holder, since, until }: Lease): string =>
  `${run.stackName} is held by ${holder} since ${isoTime(since)}, until ${isoTime(until)} unless renewed.`;

const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const leasedRefusal = (run: Run, lease: Lease): Result =>
  refusalOf(
    run,
    'leased',
    `${leaseText(run, lease)} That run is alive: it has just renewed the lease. ${notStartedMessage(run)}`,
    {
      hint: `Wait for it with \`i2kit events --follow ${run.stackName}\`, then plan again.`,
    },
  );

function parseLease(body: string): Lease | undefined {
  try {
    const { id, holder, since, until } = JSON.parse(body) as Partial<Lease>;
    if (typeof id !== 'string' || typeof until !== 'number') return undefined;
    return { id, holder: String(holder), since: Number(since) || 0, until };
  } catch {
    return undefined;
  }
}
