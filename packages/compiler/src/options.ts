// The input of `compile` beside the manifests: names, images, configuration and lock file, all plain data.

import type { Json } from '@i2kit/common';
import type { VolumeSpec } from './plan.ts';

/** An image id, or one per region. */
export type ImageChoice = string | Readonly<Record<string, string>>;

/** An existing resource: its id, or tags that exactly one resource of its type has. */
export type ResourceSelector = string | TagSelector;

export interface TagSelector {
  readonly tag: Readonly<Record<string, string>>;
}

/** Subnets, one for each zone: their ids, or tags that all of them have. */
export type SubnetSelector = readonly string[] | TagSelector;

/** The public zone; if it is in another account, with the role or the profile that may write its records. */
export interface HostedZone {
  readonly name: string;
  readonly id?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly profile?: string;
}

/** A stack set: the same stack in several regions and accounts, kept equal by CloudFormation. */
export interface StackSetSettings {
  readonly regions?: readonly string[];
  readonly accounts?: readonly string[];
  /** Instead of accounts: all current and future accounts of these organizational units. */
  readonly organizationalUnits?: readonly string[];
  /** Stacks of a region that may fail before the operation stops: a number, or `"20%"`. */
  readonly failureTolerance?: number | string;
  /** Stacks of a region updated at the same time: a number, or `"50%"`. */
  readonly maxConcurrent?: number | string;
  readonly regionConcurrency?: 'sequential' | 'parallel';
  readonly administrationRoleArn?: string;
  readonly executionRoleName?: string;
}

/**
 * A change of single resources of the template, applied last (`overrides`), by RFC 7386 or RFC 6902. It applies to
 * the whole resource.
 */
export interface Override {
  /**
   * The Kubernetes object from which the resource is derived: `[Kind/][namespace/]name`, or `App/<app>` for shared
   * resources.
   */
  readonly object: string;
  /** `AWS::EC2::LaunchTemplate`, or `launch-template`. */
  readonly resource: string;
  /** The part of the object from which it is derived, which distinguishes several: `/spec/ports/0`. */
  readonly at?: string;
  /** Selects all matching resources if there are several. */
  readonly every?: boolean;
  readonly merge?: { readonly [key: string]: Json };
  readonly patch?: readonly PatchOperation[];
}

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: Json;
}

export type StackLayout = 'app' | 'workload';

/** Through a network load balancer, by host through an application load balancer, or at the machines' own addresses. */
export type ServiceRouting = 'nlb' | 'alb-host' | 'dns';

/** i2kit.yaml; its schema is config.schema.json. Every setting has a default, so the file is optional. */
export interface Config {
  readonly app?: string;
  readonly env?: string;
  readonly region?: string;
  /** Public zone, e.g. `example.com`. Without it there are no public names. */
  readonly hostedZone?: string | HostedZone;
  readonly instanceType?: string;
  /** Keys are `[Kind/][namespace/]name` of a workload. */
  readonly images?: Readonly<Record<string, ImageChoice>>;
  /**
   * Which machines can reach a machine's declared ports: all machines of the environment (as in a cluster), or those
   * of this app.
   */
  readonly isolation?: 'environment' | 'app';
  /** Routing of Services without the annotation `i2kit.dev/via` (default: `nlb`). */
  readonly via?: ServiceRouting;
  readonly network?: {
    /**
     * NAT gateways: one per zone, one, or none; without them, machines have public addresses and inbound traffic is
     * blocked.
     */
    readonly egress?: 'per-zone' | 'one' | 'none';
    readonly cidr?: string;
    /** Number of availability zones. */
    readonly zones?: number;
    /** An existing VPC to use instead of a new one. */
    readonly vpc?: ResourceSelector;
    /** Existing subnets to use instead of new ones; a plain list is for machines and load balancers. */
    readonly subnets?: SubnetSelector | { readonly private?: SubnetSelector; readonly public?: SubnetSelector };
    /** An existing security group of every machine, instead of a new one. */
    readonly securityGroup?: ResourceSelector;
  };
  /** Bucket of payloads over 16 KB: an existing one, or false for none (default: the environment's bucket). */
  readonly bucket?: boolean | ResourceSelector;
  /** Existing load balancers, by the names that Services use in `i2kit.dev/load-balancer`. */
  readonly loadBalancers?: Readonly<Record<string, ResourceSelector>>;
  /** Log retention in days. */
  readonly logRetention?: number;
  /** Firmware that machine images are built for (default: `uefi`). */
  readonly boot?: 'uefi' | 'bios';
  /** Machine images have a login on the serial console and SSH. */
  readonly debug?: boolean;
  /** Name of the EC2 key pair of debug images. */
  readonly keyPair?: ResourceSelector;
  /** Tags of stacks and of every resource that supports them. */
  readonly tags?: Readonly<Record<string, string>>;
  /** ARN of the permissions boundary of every created role. */
  readonly permissionsBoundary?: string;
  /** Role that CloudFormation assumes for stacks. */
  readonly roleArn?: string;
  /** SNS topics that receive the events of stacks. */
  readonly notificationArns?: readonly string[];
  readonly stackSet?: StackSetSettings;
  readonly overrides?: readonly Override[];
  /** One stack for the app, or one for each workload and a shared one; decided once. */
  readonly stacks?: StackLayout;
}

/** i2kit.context.json: results of lookups in the account, so that compiling needs neither account nor network. */
export interface AccountContext {
  readonly version: 1;
  /** By environment. */
  readonly network?: Readonly<Record<string, ExistingResources>>;
  /** By environment, then by namespace and name of a Service that selects nothing in the input, e.g. `"default/db"`. */
  readonly services?: Readonly<Record<string, Readonly<Record<string, readonly ExternalLoadBalancer[]>>>>;
}

/** A load balancer of another stack of the environment. */
export interface ExternalLoadBalancer {
  readonly dnsName: string;
  /** Id of the hosted zone of that name, which an alias record needs. */
  readonly zone: string;
  /** Its share of lookups is its weight divided by the sum of weights; 1 to 255. */
  readonly weight: number;
  /** Name of its owner, for readers of the file. */
  readonly stack: string;
}

export interface ExistingResources {
  /** The settings for which this is the result: if they change, it must be looked up again. */
  readonly asked: AccountLookup;
  readonly account: string;
  readonly region: string;
  readonly vpc?: {
    readonly id: string;
    /** `10.0.0.0/16` */
    readonly cidrs: readonly string[];
    readonly internetGateway?: string;
  };
  /** Subnet ids by zone. */
  readonly subnets?: {
    readonly private: Readonly<Record<string, string>>;
    readonly public: Readonly<Record<string, string>>;
  };
  readonly securityGroup?: string;
  /** Name. */
  readonly keyPair?: string;
  /** Id. */
  readonly hostedZone?: string;
  /** Name. */
  readonly bucket?: string;
  readonly loadBalancers?: Readonly<Record<string, ExistingLoadBalancer>>;
}

export interface ExistingLoadBalancer {
  readonly arn: string;
  readonly dnsName: string;
  /** Id of the hosted zone that its aliases name. */
  readonly hostedZone: string;
  readonly visibility: 'internal' | 'public';
  readonly securityGroups: readonly string[];
}

/** The part of the settings that must be looked up in the account. */
export interface AccountLookup {
  readonly vpc?: ResourceSelector;
  readonly subnets?: { readonly private?: SubnetSelector; readonly public?: SubnetSelector };
  readonly securityGroup?: ResourceSelector;
  readonly keyPair?: TagSelector;
  readonly hostedZone?: TagSelector & { readonly name: string };
  readonly bucket?: TagSelector;
  readonly loadBalancers?: Readonly<Record<string, ResourceSelector>>;
}

/** i2kit.lock.json: decisions that are made once. */
export interface Lock {
  readonly version: 1;
  /** The stack layout of the first deployment (default: one stack). */
  readonly stacks?: { readonly layout: StackLayout };
  /** Slot of the shared load balancer by the object that it serves, e.g. `"Service/default/cart": 1`. */
  readonly loadBalancers?: Readonly<Record<string, number>>;
  /**
   * The volume of each claim, by stack, e.g. `"prod-shop": { "PersistentVolumeClaim/default/data-db-2": { "zone":
   * "eu-west-1a", … } }`. It stays if the claim is removed.
   */
  readonly volumes?: Readonly<Record<string, Readonly<Record<string, LockedVolume>>>>;
  /** Version id by the secret's name in Secrets Manager, e.g. `"i2kit/prod/default/db": "…"`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Digest by image reference, as in manifests and linuxkit's components, e.g. `"nginx:1.27": "sha256:…"`. */
  readonly images?: Readonly<Record<string, string>>;
  /** AMI by image key (`imageKey`) and region, e.g. `{"<64 hexadecimal digits>": {"eu-west-1": "ami-…"}}`. */
  readonly amis?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Versions of the tools that built machine images, e.g. `{"agent-amd64": "sha256:…", "linuxkit": "v1.7.1"}`. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface LockedVolume extends VolumeSpec {
  readonly zone: string;
  readonly reclaim: 'Delete' | 'Retain';
  /**
   * For a claim created by a StatefulSet's pod: the StatefulSet, e.g. `"StatefulSet/default/db"`, and the name of its
   * template.
   */
  readonly set?: string;
  readonly template?: string;
  /** The StatefulSet's setting to delete the volume with it (`whenDeleted: Delete`). */
  readonly whenDeleted?: 'Delete';
}

export interface CompileOptions {
  readonly app: string;
  readonly env: string;
  /** Namespace of objects that name none (`-n`, default: `default`). */
  readonly namespace?: string;
  /** Label selector (`-l`): only objects that match are compiled. */
  readonly selector?: string;
  /** From `--image`; overrides `config.images`. */
  readonly images?: Readonly<Record<string, ImageChoice>>;
  /** A workload without a machine image is an error rather than a parameter. */
  readonly requireImages?: boolean;
  /** Kinds that are skipped without an error (`--ignore-kind`). */
  readonly ignoreKinds?: readonly string[];
  /** Delete volumes that are no longer mounted from the stack and the lock file (`--prune-volumes`). */
  readonly pruneVolumes?: boolean;
  readonly lock?: Lock;
  readonly context?: AccountContext;
  readonly config?: Config;
  /** Name of the file that `config` was read from, for diagnostics only (default: `i2kit.yaml`). */
  readonly configName?: string;
}
