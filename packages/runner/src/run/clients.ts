// Everything of the outside world that a run may touch, injected.
import type { CloudFormationPort } from '../ports/cloudFormation.ts';
import type { LogsPort } from '../ports/logs.ts';
import type { BucketPort, IdentityPort, MachinesPort } from '../ports/machines.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Clients {
  /** The region that the clients are bound to, e.g. `eu-west-1`. */
  readonly region: string;
  readonly cloudFormation: CloudFormationPort;
  readonly identity: IdentityPort;
  /** For templates over 51,200 bytes and for the lease; absent where the environment has none. */
  readonly bucket?: BucketPort;
  /** For the evidence of a machine group's failure and for waiting on targets; absent: neither. */
  readonly machines?: MachinesPort;
  /** For what containers have written; absent: `logs` has nothing to read. */
  readonly logs?: LogsPort;
  /** Reads credentials anew. False: there are no others than the expired ones. Absent: as false. */
  readonly refreshCredentials?: () => Promise<boolean>;
  readonly clock: Clock;
  /** A number from 0 up to 1, for jitter and for names; need not be secret. */
  readonly random: () => number;
}
