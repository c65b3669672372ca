// The input of an import, and the names and tokens derived from it: the same in every run of the same job.

import { createHash } from 'node:crypto';
import type { Clock } from '@i2kit/aws';
import { compareEntries } from '@i2kit/common';
import type { Architecture } from '../architecture.ts';
import type { BlockList } from './blocks.ts';
import type { Caller } from './call.ts';
import type { ImportEvent } from './events.ts';
import type { UploadJournal } from './journal.ts';
import type { EbsPort, Ec2Port, StorePort, Tag } from './ports.ts';

/** `account`: the region's default EBS key; such images cannot be shared. `key`: ARNs by region. */
export type Encryption =
  | { readonly kind: 'none' }
  | { readonly kind: 'account' }
  | { readonly kind: 'key'; readonly keys: Readonly<Record<string, string>> };

export interface ImageSpec {
  /** Image key, 64 hexadecimal digits; part of the image's name. */
  readonly key: string;
  readonly architecture: Architecture;
  readonly boot: 'uefi' | 'bios';
  readonly encryption: Encryption;
  /** Added to images and snapshots, beside i2kit's own tags. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface ImportJob {
  readonly spec: ImageSpec;
  readonly via: 'ebs' | 's3';
  /** Region of the import; others get copies. */
  readonly region: string;
  readonly disk: { readonly path: string; readonly blocks: BlockList };
  readonly ports: { readonly ebs: EbsPort; readonly ec2: (region: string) => Ec2Port; readonly store?: StorePort };
  readonly clock: Clock;
  readonly call: Caller;
  readonly journal: UploadJournal;
  readonly report: (event: ImportEvent) => void;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Bytes of a part of an upload; larger disks use a multiple (default: 8 MiB). */
  readonly partSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a snapshot of the job's disk, or finds that of an earlier run; returns its id once it is complete. */
export type Importer = (job: ImportJob) => Promise<string>;

export const imageName = (spec: Pick<ImageSpec, 'key'>): string => `i2kit-${spec.key}`;
export const imageDescription = (spec: ImageSpec): string =>
  `i2kit image ${spec.key.slice(0, 12)} (${spec.architecture})`;
/** GiB of the volume that holds the disk. */
export const volumeGib = (job: ImportJob): number => Math.ceil(job.disk.blocks.size / 2 ** 30);

/** Tag that identifies a snapshot: it stands for the bytes and for their encryption. */
export const importTag = 'i2kit:import';
export const keyTag = 'i2kit:key';

/** Hexadecimal; every idempotency token derives from it. AWS refuses a token that was used with other parameters. */
export function importId({ via, spec, region, disk }: Pick<ImportJob, 'via' | 'spec' | 'region' | 'disk'>): string {
  const kept = [
    via,
    disk.blocks.aggregate,
    disk.blocks.size,
    spec.key,
    region,
    kmsKeyOf(spec.encryption, region) ?? spec.encryption.kind,
  ];
  return createHash('sha256')
    .update(JSON.stringify([kept, imageTags(spec)]))
    .digest('hex');
}

/** At most 64 ASCII characters, the limit of every service. */
export const idempotencyToken = (id: string, purpose: string): string =>
  createHash('sha256').update(`${purpose}\n${id}`).digest('hex');

export const kmsKeyOf = (encryption: Encryption, region: string): string | undefined =>
  encryption.kind === 'key' ? encryption.keys[region] : undefined;

export function imageTags(spec: ImageSpec): Tag[] {
  const all = { ...spec.tags, Name: imageName(spec), [keyTag]: spec.key };
  return Object.entries(all)
    .sort(compareEntries)
    .map(([Key, Value]) => ({ Key, Value }));
}

export const snapshotTags = (job: ImportJob): Tag[] => [
  ...imageTags(job.spec),
  { Key: importTag, Value: importId(job) },
];
