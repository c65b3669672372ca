// The lease that a command takes on its stack, where the environment has a bucket.
import { hostname, userInfo } from 'node:os';
import { type EnvironmentBucket, faultOf, type LeaseOptions } from '@i2kit/runner';
import type { Io } from '../io.ts';
import type { Connection } from './connect.ts';

/** Two minutes at a time: so long a run that was killed may keep the next one waiting. */
export const lease = ({ runtime }: Io): LeaseOptions => ({ ms: 120_000, holder: `${user()}@${hostname()}, process ${runtime.pid}` });

/** The bucket that leases are in. Who may not look for it does without. */
export async function bucketOf(connection: Connection, env: string): Promise<EnvironmentBucket | undefined> {
  try {
    return await connection.bucket(env);
  } catch (error) {
    if (!faultOf(error)) throw error;
    return undefined;
  }
}

/** A container may run as a number that has no name. */
function user(): string {
  try {
    return userInfo().username;
  } catch {
    return 'someone';
  }
}
