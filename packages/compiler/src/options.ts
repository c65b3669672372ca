// What `compile` is given beside the manifests: names, images, configuration and lock; all plain data, all from outside.

/** An image id, or one per region. */
export type ImageChoice = string | Readonly<Record<string, string>>;

/** i2kit.yaml; the schema is config.schema.json. Every setting has a default, so that there need not be a file. */
export interface Config {
  readonly app?: string;
  readonly env?: string;
  readonly region?: string;
  /** Public zone, e.g. `example.com`; public names are made only where it is known. */
  readonly hostedZone?: string;
  readonly instanceType?: string;
  /** Keys are `[Kind/][namespace/]name` of a workload. */
  readonly images?: Readonly<Record<string, ImageChoice>>;
  /** Who may talk to a machine's declared ports: all machines of the environment (as in a cluster), or those of this app. */
  readonly isolation?: 'environment' | 'app';
  readonly network?: {
    /** NAT gateways: one per zone, one, or none; with none, machines have public addresses and inbound closed. */
    readonly egress?: 'per-zone' | 'one' | 'none';
    readonly cidr?: string;
    /** Number of availability zones. */
    readonly zones?: number;
  };
  /** Payloads over 16 KB go through the environment's bucket; false where there must be none. */
  readonly bucket?: boolean;
  /** Days that logs are kept. */
  readonly logRetention?: number;
  /** Firmware that images are made for; `uefi` if absent. */
  readonly boot?: 'uefi' | 'bios';
  /** Images have a login on the serial console and SSH. */
  readonly debug?: boolean;
  /** Name of an EC2 key pair for debugging images. */
  readonly keyPair?: string;
  /** Tags put on every resource that can carry them. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** i2kit.lock.json: decisions that must not be made anew each time. */
export interface Lock {
  readonly version: 1;
  /** Slot of the shared load balancer by what it serves, e.g. `"Service/default/cart": 1`. */
  readonly loadBalancers?: Readonly<Record<string, number>>;
  /** Availability zone by claim, e.g. `"PersistentVolumeClaim/default/data": "eu-west-1a"`. */
  readonly zones?: Readonly<Record<string, string>>;
  /** Version id by the secret's name in Secrets Manager, e.g. `"i2kit/prod/default/db": "…"`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Digest by image reference, as manifests and linuxkit's components have it, e.g. `"nginx:1.27": "sha256:…"`. */
  readonly images?: Readonly<Record<string, string>>;
  /** AMI by image key (`imageKey`) and region, e.g. `{"<64 hexadecimal digits>": {"eu-west-1": "ami-…"}}`. */
  readonly amis?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What images were made with, e.g. `{"agent-amd64": "sha256:…", "linuxkit": "v1.7.1"}`. */
  readonly versions?: Readonly<Record<string, string>>;
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
  readonly lock?: Lock;
  readonly config?: Config;
}
