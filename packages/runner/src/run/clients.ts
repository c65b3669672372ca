// The AWS clients, clock and random source of a run, injected.
import type { Clock } from '@i2kit/aws';
import type { CloudFormationPort } from '../ports/cloudFormation.ts';
import type { LogsPort } from '../ports/logs.ts';
import type { BucketPort, IdentityPort, MachinesPort } from '../ports/machines.ts';

export interface Clients {
  /** The region that the clients are bound to, e.g. `eu-west-1`. */
  readonly region: string;
  readonly cloudFormation: CloudFormationPort;
  readonly identity: IdentityPort;
  /** For templates over 51,200 bytes and for the lease; absent if the environment has no bucket. */
  readonly bucket?: BucketPort;
  /** For diagnostics of failed machine groups and for waiting on targets; without it, neither happens. */
  readonly machines?: MachinesPort;
  /** For container logs; without it, `logs` cannot read. */
  readonly logs?: LogsPort;
  /** Reads credentials again. False: there are no others than the expired ones (default: false). */
  readonly refreshCredentials?: () => Promise<boolean>;
  readonly clock: Clock;
  /** A number from 0 up to 1, for jitter and for names; need not be cryptographic. */
  readonly random: () => number;
}
