// What the SDK's clients are made with.

export interface SdkOptions {
  readonly region: string;
  readonly endpoint?: string;
  /** As the SDK takes them; absent: the SDK's own chain of profiles, environment, SSO and roles. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly profile?: string;
  /** How often a call is tried; 1, where the runner itself sees to that. */
  readonly attempts?: number;
}

/**
 * One attempt a call: the runner itself repeats what may be repeated, and looks up what may have had its effect. Calls
 * time out after a minute, connections after ten seconds.
 */
export const clientConfig = (options: SdkOptions) => ({
  region: options.region,
  maxAttempts: options.attempts ?? 1,
  requestHandler: { requestTimeout: 60_000, connectionTimeout: 10_000 },
  ...(options.endpoint ? { endpoint: options.endpoint } : {}),
  ...(options.credentials ? { credentials: options.credentials } : {}),
  ...(options.profile ? { profile: options.profile } : {}),
});
