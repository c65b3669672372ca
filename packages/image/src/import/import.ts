// A disk becomes images: one in its region, copies in others, shared where that is asked for. Running it again goes on where it stopped.

import { type Clock, systemClock } from '../clock.ts';
import { ImageError } from '../errors.ts';
import { hashBlocks } from './blocks.ts';
import { caller } from './call.ts';
import { ebsSnapshot } from './ebs.ts';
import type { ImportEvent } from './events.ts';
import { ownImage, waitForImage } from './images.ts';
import { type ImageSpec, type Importer, type Job, keyOf } from './job.ts';
import { fileJournal } from './journal.ts';
import { copyTo, register } from './register.ts';
import { s3Snapshot } from './s3.ts';

export interface ImportOptions {
  readonly disk: string;
  readonly spec: ImageSpec;
  /** Where the image is made; the others are given copies. */
  readonly region: string;
  readonly copies?: readonly string[];
  /** Account ids that may launch the image. */
  readonly accounts?: readonly string[];
  readonly ports: Job['ports'];
  /** `ebs` (directly into a snapshot) if absent; `s3`: through a bucket and ImportSnapshot. */
  readonly via?: 'ebs' | 's3';
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ImportEvent) => void;
  /** Requests under way at once; 64 if absent. */
  readonly inFlight?: number;
  /** Bytes of a part of an upload to S3 (default: 8 MiB); a store of your own may take less than S3. */
  readonly partSize?: number;
  /** Milliseconds for one try of a request. */
  readonly requestTimeout?: number;
}

/** Image id by region. Throws `import-…`, `input-invalid`, `cancelled`. */
export async function importImage(options: ImportOptions): Promise<Readonly<Record<string, string>>> {
  const { spec, region, copies = [], accounts = [], clock = systemClock, signal, onEvent: report = () => {} } = options;
  checkImport(spec, [region, ...copies], accounts);
  const call = caller({ clock, signal, ...(options.requestTimeout !== undefined && { requestTimeout: options.requestTimeout }) });
  const blocks = await hashBlocks(options.disk, signal);
  const journal = fileJournal(`${options.disk}.upload`);
  const disk = { path: options.disk, blocks };
  const job: Job = {
    via: options.via ?? 'ebs',
    spec,
    region,
    disk,
    ports: options.ports,
    clock,
    call,
    journal,
    report,
    inFlight: options.inFlight ?? 64,
    partSize: options.partSize,
    signal,
  };

  const image = await home(job, job.via === 's3' ? s3Snapshot : ebsSnapshot);
  const others = await Promise.all([...new Set(copies)].filter((each) => each !== region).map((each) => copy(job, each, image)));
  const images = [[region, image], ...others] as const;
  if (accounts.length > 0) for (const [where, id] of images) await share(job, where, id, accounts);
  return Object.fromEntries(images);
}

async function home(job: Job, importer: Importer): Promise<string> {
  const known = await ownImage(job, job.region);
  if (known) {
    job.report({ kind: 'found', region: job.region, image: known });
    await waitForImage(job, job.region, known);
    return known;
  }
  const snapshot = await importer(job);
  job.report({ kind: 'snapshot', snapshot });
  const image = await register(job, snapshot);
  job.report({ kind: 'registered', region: job.region, image });
  await waitForImage(job, job.region, image);
  job.report({ kind: 'available', region: job.region, image });
  return image;
}

async function copy(job: Job, region: string, image: string): Promise<readonly [string, string]> {
  const id = await copyTo(job, region, image);
  job.report({ kind: 'copying', region, image: id });
  await waitForImage(job, region, id);
  job.report({ kind: 'available', region, image: id });
  return [region, id];
}

async function share(job: Job, region: string, image: string, accounts: readonly string[]): Promise<void> {
  const input = { ImageId: image, LaunchPermission: { Add: accounts.map((UserId) => ({ UserId })) } };
  await job.call('ModifyImageAttribute', (options) => job.ports.ec2(region).modifyImageAttribute(input, options));
  job.report({ kind: 'shared', region, accounts });
}

/** Throws `import-conflict` for what AWS would refuse at the end, after all the work. */
export function checkImport(spec: Pick<ImageSpec, 'encryption'>, regions: readonly string[], accounts: readonly string[]): void {
  if (accounts.length > 0 && spec.encryption.kind === 'account') {
    throw new ImageError('import-conflict', "An image encrypted with the account's default key cannot be shared with other accounts.", {
      hint: 'Name a KMS key of your own that those accounts may use, or turn encryption off for images.',
    });
  }
  const without = spec.encryption.kind === 'key' ? regions.find((region) => keyOf(spec.encryption, region) === undefined) : undefined;
  if (without !== undefined) throw new ImageError('import-conflict', `No KMS key is named for ${without}.`);
}
