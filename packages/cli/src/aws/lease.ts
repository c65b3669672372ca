// The lease that a command takes on its stack, where the environment has a bucket.
import { hostname, userInfo } from 'node:os';
import type { LeaseOptions } from '@i2kit/runner';
import type { Io } from '../io.ts';

/** Two minutes at a time: so long a run that was killed may keep the next one waiting. */
export const lease = ({ runtime }: Io): LeaseOptions => ({ ms: 120_000, holder: `${user()}@${hostname()}, process ${runtime.pid}` });

/** A container may run as a number that has no name. */
function user(): string {
  try {
    return userInfo().username;
  } catch {
    return 'someone';
  }
}
