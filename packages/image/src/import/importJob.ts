// What is to be imported, and the names and tokens that follow from it: the same job has the same ones in every run.

import { createHash } from 'node:crypto';
import { compareEntries } from '@i2kit/common';
import type { Architecture } from '../architecture.ts';
import type { Clock } from '../clock.ts';
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
  /** Image key, 64 hexadecimal digits; the image's name is made of it. */
  readonly key: string;
  readonly architecture: Architecture;
  readonly boot: 'uefi' | 'bios';
  readonly encryption: Encryption;
  /** Put on images and snapshots, beside our own. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface ImportJob {
  readonly spec: ImageSpec;
  readonly via: 'ebs' | 's3';
  /** Region that the disk is imported to; others get copies. */
  readonly region: string;
  readonly disk: { readonly path: string; readonly blocks: BlockList };
  readonly ports: { readonly ebs: EbsPort; readonly ec2: (region: string) => Ec2Port; readonly store?: StorePort };
  readonly clock: Clock;
  readonly call: Caller;
  readonly journal: UploadJournal;
  readonly report: (event: ImportEvent) => void;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Bytes of a part of an upload, of which larger disks take a multiple; default: 8 MiB. */
  readonly partSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a snapshot of the job's disk, or finds the one that an earlier run made; gives its id once it is complete. */
export type Importer = (job: ImportJob) => Promise<string>;

export const imageName = (spec: Pick<ImageSpec, 'key'>): string => `i2kit-${spec.key}`;
export const imageDescription = (spec: ImageSpec): string =>
  `i2kit image ${spec.key.slice(0, 12)} (${spec.architecture})`;
/** GiB of the volume that holds the disk. */
export const volumeGib = (job: ImportJob): number => Math.ceil(job.disk.blocks.size / 2 ** 30);

/** Tag by which a snapshot is found again: it stands for the bytes and for how they are encrypted. */
export const importTag = 'i2kit:import';
export const keyTag = 'i2kit:key';

/** Hexadecimal; every idempotency token is made of it. A token that was used with other parameters would be refused. */
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

/** At most 64 ASCII characters, as every service takes them. */
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
