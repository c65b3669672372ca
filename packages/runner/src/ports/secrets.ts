// The Secrets Manager calls of the runner: values are written and compared, and never stored or shown.

/** Metadata of a secret. */
export interface SecretState {
  readonly name: string;
  /** Stages by version id, e.g. `AWSCURRENT`; a version without a stage is not kept. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** Scheduled for deletion; it can be restored until then. */
  readonly pendingDeletion: boolean;
  readonly kmsKey?: string;
}

export interface NewSecret {
  readonly name: string;
  readonly value: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kmsKey?: string;
}

export interface SecretsPort {
  /** Undefined if there is no secret of that name. */
  describe(name: string): Promise<SecretState | undefined>;
  /** The current version and its value. */
  readCurrent(name: string): Promise<{ readonly version: string; readonly value: string }>;
  /** Returns the version's id. */
  create(secret: NewSecret): Promise<string>;
  /** Adds a version, which becomes the current one; returns its id. */
  put(name: string, value: string): Promise<string>;
  setKmsKey(name: string, kmsKey: string): Promise<unknown>;
  restore(name: string): Promise<unknown>;
  /** Deletes it after `days`, or at once if that is 0. */
  remove(name: string, days: number): Promise<unknown>;
  /** All secrets whose name has this prefix, including those scheduled for deletion. */
  list(prefix: string): Promise<readonly SecretState[]>;
}
