// The other AWS services of the runner, each port as narrow as possible so that tests can replace it.
import type { CallOptions } from './cloudFormation.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export interface IdentityPort {
  getCallerIdentity(options?: CallOptions): Promise<{ Account?: string | undefined; Arn?: string | undefined }>;
}

/**
 * The environment's bucket. Its adapter sends ExpectedBucketOwner with every call. A conditional put that loses
 * throws an error named `PreconditionFailed`; a missing object one named `NoSuchKey`.
 */
export interface BucketPort {
  readonly name: string;
  /** The https URL of an object, as CreateChangeSet's TemplateURL expects it. */
  url(key: string): string;
  put(
    input: { Key: string; Body: string; IfNoneMatch?: '*'; IfMatch?: string },
    options?: CallOptions,
  ): Promise<{ ETag?: string | undefined }>;
  get(input: { Key: string }, options?: CallOptions): Promise<{ Body: string; ETag?: string | undefined }>;
  remove(input: { Key: string }, options?: CallOptions): Promise<unknown>;
  /** The bytes of an asset, by its complete key; undefined if they cannot be read, or have another hash. */
  getAsset?(key: string, sha256: string): Promise<Uint8Array | undefined>;
}

/** Health of one target group: healthy targets, and all targets that should be healthy. */
export interface TargetHealth {
  readonly healthy: number;
  readonly total: number;
  /** Reasons of the unhealthy targets, one line each, e.g. `i-0abc: Target.FailedHealthChecks`. */
  readonly reasons: readonly string[];
  /** Registered, but not used by a listener. */
  readonly unused?: number;
}

/** Desired size of a group, its machines in service and healthy, and its target groups. */
export interface MachineGroupSize {
  readonly name: string;
  readonly desired: number;
  readonly inService: number;
  /** ARNs. */
  readonly targetGroups: readonly string[];
}

/** Diagnostics of machines; every answer is best effort, and lines are plain text. */
export interface MachinesPort {
  /** Groups that do not exist are omitted. */
  sizes(names: readonly string[], options?: CallOptions): Promise<readonly MachineGroupSize[]>;
  /** Recent scaling activities that did not succeed, newest first, and the group's instances and target groups. */
  group(
    name: string,
    options?: CallOptions & {
      /** Milliseconds since the epoch: older activities are omitted. */
      readonly since?: number;
    },
  ): Promise<{
    readonly activities: readonly string[];
    readonly instances: readonly string[];
    readonly targetGroups: readonly string[];
  }>;
  targetHealth(targetGroupArn: string, options?: CallOptions): Promise<TargetHealth>;
  /** The last lines of a machine's console (default: 20); at most 64 KB of it exist. */
  consoleTail(instanceId: string, options?: CallOptions & { readonly lines?: number }): Promise<readonly string[]>;
}
