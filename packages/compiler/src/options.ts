// What `compile` is given beside the manifests: names, images, configuration and lock; all plain data, all from outside.

import type { Json } from '@i2kit/common';
import type { VolumeSpec } from './plan.ts';

/** An image id, or one per region. */
export type ImageChoice = string | Readonly<Record<string, string>>;

/** Something that is in the account already: by its id, or by tags that exactly one thing of its kind has. */
export type ResourceSelector = string | TagSelector;

export interface TagSelector {
  readonly tag: Readonly<Record<string, string>>;
}

/** Subnets, one for each zone: their ids, or tags that all of them have. */
export type SubnetSelector = readonly string[] | TagSelector;

/** The public zone; where it is another account's, with the role or the profile that may write its records. */
export interface HostedZone {
  readonly name: string;
  readonly id?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly profile?: string;
}

/** One stack for each of several regions and accounts, which CloudFormation keeps equal. */
export interface StackSetSettings {
  readonly regions?: readonly string[];
  readonly accounts?: readonly string[];
  /** In place of accounts: all accounts of these units, now and later. */
  readonly organizationalUnits?: readonly string[];
  /** Stacks of a region that may fail before it is given up: a number, or `"20%"`. */
  readonly failureTolerance?: number | string;
  /** Stacks of a region at a time: a number, or `"50%"`. */
  readonly maxConcurrent?: number | string;
  readonly regionConcurrency?: 'sequential' | 'parallel';
  readonly administrationRoleArn?: string;
  readonly executionRoleName?: string;
}

/** A change of single resources of the template, made last (`overrides`): by RFC 7386 or by RFC 6902, of the resource as a whole. */
export interface Override {
  /** The Kubernetes object that the resource comes from: `[Kind/][namespace/]name`, or `App/<app>` for what objects share. */
  readonly object: string;
  /** `AWS::EC2::LaunchTemplate`, or `launch-template`. */
  readonly resource: string;
  /** Where in the object it comes from, which tells several apart: `/spec/ports/0`. */
  readonly at?: string;
  /** All resources that are meant, where there are several. */
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

/** i2kit.yaml; the schema is config.schema.json. Every setting has a default, so that there need not be a file. */
export interface Config {
  readonly app?: string;
  readonly env?: string;
  readonly region?: string;
  /** Public zone, e.g. `example.com`; public names are made only where it is known. */
  readonly hostedZone?: string | HostedZone;
  readonly instanceType?: string;
  /** Keys are `[Kind/][namespace/]name` of a workload. */
  readonly images?: Readonly<Record<string, ImageChoice>>;
  /** Who may talk to a machine's declared ports: all machines of the environment (as in a cluster), or those of this app. */
  readonly isolation?: 'environment' | 'app';
  /** How Services are reached whose annotation `i2kit.dev/via` does not say it; `nlb` if absent. */
  readonly via?: ServiceRouting;
  readonly network?: {
    /** NAT gateways: one per zone, one, or none; with none, machines have public addresses and inbound closed. */
    readonly egress?: 'per-zone' | 'one' | 'none';
    readonly cidr?: string;
    /** Number of availability zones. */
    readonly zones?: number;
    /** Used in place of one that is made. */
    readonly vpc?: ResourceSelector;
    /** Used in place of those that are made; a plain list is for machines and load balancers alike. */
    readonly subnets?: SubnetSelector | { readonly private?: SubnetSelector; readonly public?: SubnetSelector };
    /** What every machine is in, in place of one that is made. */
    readonly securityGroup?: ResourceSelector;
  };
  /** Payloads over 16 KB go through the environment's bucket; false where there must be none, else one that is there. */
  readonly bucket?: boolean | ResourceSelector;
  /** Load balancers that are there, by the names that Services give in `i2kit.dev/load-balancer`. */
  readonly loadBalancers?: Readonly<Record<string, ResourceSelector>>;
  /** Days that logs are kept. */
  readonly logRetention?: number;
  /** Firmware that images are made for; `uefi` if absent. */
  readonly boot?: 'uefi' | 'bios';
  /** Images have a login on the serial console and SSH. */
  readonly debug?: boolean;
  /** EC2 key pair for debugging images, by name. */
  readonly keyPair?: ResourceSelector;
  /** Tags put on every resource that can carry them, and on stacks. */
  readonly tags?: Readonly<Record<string, string>>;
  /** ARN of the policy that bounds every role which is made. */
  readonly permissionsBoundary?: string;
  /** Role that CloudFormation takes for stacks. */
  readonly roleArn?: string;
  /** SNS topics that are told what happens to stacks. */
  readonly notificationArns?: readonly string[];
  readonly stackSet?: StackSetSettings;
  readonly overrides?: readonly Override[];
  /** One stack for the app, or one for each workload and one that they share; chosen once. */
  readonly stacks?: StackLayout;
}

/** i2kit.context.json: what was looked up in the account, so that compiling needs neither account nor network. */
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
  /** Of all lookups, this one's share is its weight by the sum of weights; 1 to 255. */
  readonly weight: number;
  /** Whose it is, for who reads the file. */
  readonly stack: string;
}

export interface ExistingResources {
  /** The settings that this answers: where they have changed since, it has to be looked up anew. */
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

/** The part of the settings that only the account can answer. */
export interface AccountLookup {
  readonly vpc?: ResourceSelector;
  readonly subnets?: { readonly private?: SubnetSelector; readonly public?: SubnetSelector };
  readonly securityGroup?: ResourceSelector;
  readonly keyPair?: TagSelector;
  readonly hostedZone?: TagSelector & { readonly name: string };
  readonly bucket?: TagSelector;
  readonly loadBalancers?: Readonly<Record<string, ResourceSelector>>;
}

/** i2kit.lock.json: decisions that must not be made anew each time. */
export interface Lock {
  readonly version: 1;
  /** How the app was cut into stacks when it was first deployed; absent: as one. */
  readonly stacks?: { readonly layout: StackLayout };
  /** Slot of the shared load balancer by what it serves, e.g. `"Service/default/cart": 1`. */
  readonly loadBalancers?: Readonly<Record<string, number>>;
  /**
   * What each claim's disk is, by stack, e.g. `"prod-shop": { "PersistentVolumeClaim/default/data-db-2": { "zone": "eu-west-1a", … } }`: it
   * stays, whatever becomes of its claim.
   */
  readonly volumes?: Readonly<Record<string, Readonly<Record<string, LockedVolume>>>>;
  /** Version id by the secret's name in Secrets Manager, e.g. `"i2kit/prod/default/db": "…"`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Digest by image reference, as manifests and linuxkit's components have it, e.g. `"nginx:1.27": "sha256:…"`. */
  readonly images?: Readonly<Record<string, string>>;
  /** AMI by image key (`imageKey`) and region, e.g. `{"<64 hexadecimal digits>": {"eu-west-1": "ami-…"}}`. */
  readonly amis?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What images were made with, e.g. `{"agent-amd64": "sha256:…", "linuxkit": "v1.7.1"}`. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface LockedVolume extends VolumeSpec {
  readonly zone: string;
  readonly reclaim: 'Delete' | 'Retain';
  /** Of a claim that a StatefulSet's pod makes: the StatefulSet, e.g. `"StatefulSet/default/db"`, and the name of its template. */
  readonly set?: string;
  readonly template?: string;
  /** The StatefulSet's own word that the disk goes with it (`whenDeleted: Delete`). */
  readonly whenDeleted?: 'Delete';
}

export interface CompileOptions {
  readonly app: string;
  readonly env: string;
  /** Namespace of objects that name none (`-n`); `default` if absent. */
  readonly namespace?: string;
  /** Label selector (`-l`): only objects that match are compiled. */
  readonly selector?: string;
  /** From `--image`; wins over `config.images`. */
  readonly images?: Readonly<Record<string, ImageChoice>>;
  /** A workload without an image is an error rather than a parameter. */
  readonly requireImages?: boolean;
  /** Kinds that are passed over without an error (`--ignore-kind`). */
  readonly ignoreKinds?: readonly string[];
  /** Disks that nothing uses any more leave the stack, and the lock (`--prune-volumes`). */
  readonly pruneVolumes?: boolean;
  readonly lock?: Lock;
  readonly context?: AccountContext;
  readonly config?: Config;
  /** Name of the text that `config` was read from, for diagnostics alone; `i2kit.yaml` if absent. */
  readonly configName?: string;
}
