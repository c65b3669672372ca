// The part of Secrets Manager that is used: values go in and are compared, and are in no answer that is kept or shown.

/** What is known of a secret beside its value. */
export interface SecretState {
  readonly name: string;
  /** Stages by version id, e.g. `AWSCURRENT`; a version without any is not kept. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** It is on its way out, and can be restored until it is gone. */
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
  /** Undefined where there is none of that name. */
  describe(name: string): Promise<SecretState | undefined>;
  /** The current version and its value. */
  readCurrent(name: string): Promise<{ readonly version: string; readonly value: string }>;
  /** Gives the version's id. */
  create(secret: NewSecret): Promise<string>;
  /** A new version, which becomes the current one; gives its id. */
  put(name: string, value: string): Promise<string>;
  setKmsKey(name: string, kmsKey: string): Promise<unknown>;
  restore(name: string): Promise<unknown>;
  /** Gone after `days`, or at once where that is 0. */
  remove(name: string, days: number): Promise<unknown>;
  /** All whose name begins so, those on their way out too. */
  list(prefix: string): Promise<readonly SecretState[]>;
}
