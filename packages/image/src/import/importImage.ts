// Imports a disk as an image of its region, copies it to other regions and shares it. A second run resumes the first.

import { type Clock, systemClock } from '@i2kit/aws';
import { ImageError } from '../errors.ts';
import { hashBlocks } from './blocks.ts';
import { caller } from './call.ts';
import { importWithEbs } from './ebsImporter.ts';
import type { ImportEvent } from './events.ts';
import { findOwnImage, waitForImage } from './images.ts';
import { type ImageSpec, type Importer, type ImportJob, kmsKeyOf } from './importJob.ts';
import { fileJournal } from './journal.ts';
import { copyImage, registerImage } from './register.ts';
import { importWithS3 } from './s3Importer.ts';

export interface ImportOptions {
  readonly disk: string;
  readonly spec: ImageSpec;
  /** Region in which the image is made; the others get copies. */
  readonly region: string;
  readonly copies?: readonly string[];
  /** Account ids that may launch the image. */
  readonly accounts?: readonly string[];
  readonly ports: ImportJob['ports'];
  /** Default: `ebs` (directly into a snapshot); `s3`: through a bucket and ImportSnapshot. */
  readonly via?: 'ebs' | 's3';
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ImportEvent) => void;
  /** Requests in flight at once (default: 64). */
  readonly concurrency?: number;
  /** Bytes of a part of an upload to S3 (default: 8 MiB); S3-compatible stores may need less. */
  readonly partSize?: number;
  /** Milliseconds for one attempt of a request. */
  readonly requestTimeout?: number;
}

/** Image id by region. Throws `import-…`, `input-invalid`, `cancelled`. */
export async function importImage(options: ImportOptions): Promise<Readonly<Record<string, string>>> {
  const { spec, region, copies = [], accounts = [], clock = systemClock, signal, onEvent: report = () => {} } = options;
  checkImport(spec, [region, ...copies], accounts);
  const call = caller({
    clock,
    signal,
    ...(options.requestTimeout !== undefined && { requestTimeout: options.requestTimeout }),
  });
  const blocks = await hashBlocks(options.disk, signal);
  const journal = fileJournal(`${options.disk}.upload`);
  const disk = { path: options.disk, blocks };
  const job: ImportJob = {
    via: options.via ?? 'ebs',
    spec,
    region,
    disk,
    ports: options.ports,
    clock,
    call,
    journal,
    report,
    concurrency: options.concurrency ?? 64,
    partSize: options.partSize,
    signal,
  };

  const image = await importIntoHomeRegion(job, job.via === 's3' ? importWithS3 : importWithEbs);
  const others = await Promise.all(
    [...new Set(copies)].filter((each) => each !== region).map((each) => copyToRegion(job, each, image)),
  );
  const images = [[region, image], ...others] as const;
  if (accounts.length > 0) for (const [where, id] of images) await shareImage(job, where, id, accounts);
  return Object.fromEntries(images);
}

async function importIntoHomeRegion(job: ImportJob, importer: Importer): Promise<string> {
  const known = await findOwnImage(job, job.region);
  if (known) {
    job.report({ kind: 'found', region: job.region, image: known });
    await waitForImage(job, job.region, known);
    return known;
  }
  const snapshot = await importer(job);
  job.report({ kind: 'snapshot', snapshot });
  const image = await registerImage(job, snapshot);
  job.report({ kind: 'registered', region: job.region, image });
  await waitForImage(job, job.region, image);
  job.report({ kind: 'available', region: job.region, image });
  return image;
}

async function copyToRegion(job: ImportJob, region: string, image: string): Promise<readonly [string, string]> {
  const id = await copyImage(job, region, image);
  job.report({ kind: 'copying', region, image: id });
  await waitForImage(job, region, id);
  job.report({ kind: 'available', region, image: id });
  return [region, id];
}

async function shareImage(job: ImportJob, region: string, image: string, accounts: readonly string[]): Promise<void> {
  const input = { ImageId: image, LaunchPermission: { Add: accounts.map((UserId) => ({ UserId })) } };
  await job.call('ModifyImageAttribute', (options) => job.ports.ec2(region).modifyImageAttribute(input, options));
  job.report({ kind: 'shared', region, accounts });
}

/** Throws `import-conflict` in advance for combinations that AWS would refuse only at the end. */
export function checkImport(
  spec: Pick<ImageSpec, 'encryption'>,
  regions: readonly string[],
  accounts: readonly string[],
): void {
  if (accounts.length > 0 && spec.encryption.kind === 'account') {
    throw new ImageError(
      'import-conflict',
      "An image encrypted with the account's default key cannot be shared with other accounts.",
      {
        hint: 'Name a KMS key that those accounts may use, or disable encryption for images.',
      },
    );
  }
  const without =
    spec.encryption.kind === 'key'
      ? regions.find((region) => kmsKeyOf(spec.encryption, region) === undefined)
      : undefined;
  if (without !== undefined) throw new ImageError('import-conflict', `No KMS key is named for ${without}.`);
}
