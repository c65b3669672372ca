// The configuration of the AWS SDK's clients.
import { FirstContact, FirstContactHandler } from './firstContact.ts';

export interface SdkOptions {
  readonly region: string;
  readonly endpoint?: string;
  /** Default: the SDK's own chain of profiles, environment, SSO and roles. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly profile?: string;
  /** Attempts per call by the SDK itself (default: 1, because `repeatCall` repeats calls). */
  readonly attempts?: number;
  /** Whether AWS has answered a call of this run (default: the client is a run of its own). */
  readonly contact?: FirstContact;
}

/**
 * One attempt per call: the caller decides which errors allow a repetition, and looks up the effect of lost responses.
 * Calls time out after a minute, connections after ten seconds; the first call of a run sooner. `sockets`: open connections at once (default: the SDK's).
 */
export const clientConfig = (options: SdkOptions, sockets?: number) => ({
  region: options.region,
  maxAttempts: options.attempts ?? 1,
  requestHandler: new FirstContactHandler(options.contact ?? new FirstContact(), {
    requestTimeout: 60_000,
    // Otherwise the SDK only prints a warning.
    throwOnRequestTimeout: true,
    connectionTimeout: 10_000,
    ...(sockets !== undefined && { httpsAgent: { maxSockets: sockets }, httpAgent: { maxSockets: sockets } }),
  }),
  ...(options.endpoint ? { endpoint: options.endpoint } : {}),
  ...(options.credentials ? { credentials: options.credentials } : {}),
  ...(options.profile ? { profile: options.profile } : {}),
});
