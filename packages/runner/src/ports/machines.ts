// What the runner uses beside CloudFormation, each as narrow as it can be, so that a test can hold it in its hand.
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
  /** The https address of an object, as CreateChangeSet's TemplateURL wants it. */
  url(key: string): string;
  put(
    input: { Key: string; Body: string; IfNoneMatch?: '*'; IfMatch?: string },
    options?: CallOptions,
  ): Promise<{ ETag?: string | undefined }>;
  get(input: { Key: string }, options?: CallOptions): Promise<{ Body: string; ETag?: string | undefined }>;
  remove(input: { Key: string }, options?: CallOptions): Promise<unknown>;
}

/** Health of one target group: how many targets serve, of how many that should. */
export interface TargetHealth {
  readonly healthy: number;
  readonly total: number;
  /** Why the others do not, one line each, e.g. `i-0abc: Target.FailedHealthChecks`. */
  readonly reasons: readonly string[];
  /** Registered, but no listener asks for them. */
  readonly unused?: number;
}

/** How many machines a group wants, how many are in service and healthy, and where they are registered. */
export interface MachineGroupSize {
  readonly name: string;
  readonly desired: number;
  readonly inService: number;
  /** ARNs. */
  readonly targetGroups: readonly string[];
}

/** What machines say of themselves; every answer is best effort and lines are plain text. */
export interface MachinesPort {
  /** Groups that do not exist are left out. */
  sizes(names: readonly string[], options?: CallOptions): Promise<readonly MachineGroupSize[]>;
  /** Latest scaling activities that did not succeed, newest first, and the group's instances and target groups. */
  group(
    name: string,
    options?: CallOptions & {
      /** Milliseconds since the epoch: older activities are left out. */
      readonly since?: number;
    },
  ): Promise<{
    readonly activities: readonly string[];
    readonly instances: readonly string[];
    readonly targetGroups: readonly string[];
  }>;
  targetHealth(targetGroupArn: string, options?: CallOptions): Promise<TargetHealth>;
  /** The last lines of a machine's console, 20 where `lines` does not say otherwise; at most 64 KB of it exist. */
  consoleTail(instanceId: string, options?: CallOptions & { readonly lines?: number }): Promise<readonly string[]>;
}
