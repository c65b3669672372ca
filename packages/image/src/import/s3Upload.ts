// Uploads a disk as an object, in parts; parts that an earlier run sent are not sent again.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { classifyError } from '@i2kit/aws';
import { forEachConcurrently } from './concurrency.ts';
import type { ImportJob } from './importJob.ts';
import type { PartOutput, StorePort } from './ports.ts';

const mebi = 2 ** 20;
/** S3 allows at most 10,000 parts, of at least 5 MiB. */
const partSizeOf = (size: number, least = 8 * mebi): number => Math.max(least, Math.ceil(size / 9_000 / least) * least);

interface Part {
  readonly PartNumber: number;
  readonly ETag: string;
  readonly ChecksumSHA256: string;
}

export async function uploadDisk(job: ImportJob, store: StorePort, key: string): Promise<void> {
  const { size } = job.disk.blocks;
  if ((await fetchObjectSize(job, store, key)) === size) return;
  const upload = await findOrCreateUpload(job, store, key);
  const before = await listSentParts(job, store, key, upload);
  const partSize = partSizeOf(size, job.partSize);
  const numbers = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1);
  const parts: Part[] = [];
  let done = 0;
  const handle = await open(job.disk.path, 'r');
  try {
    // Parts are larger than EBS' blocks: fewer of them at once use the same memory.
    await forEachConcurrently(numbers, Math.max(1, Math.floor(job.concurrency / 8)), async (number) => {
      const body = await readPart(handle, (number - 1) * partSize, Math.min(partSize, size - (number - 1) * partSize));
      const checksum = createHash('sha256').update(body).digest('base64');
      const known = before.get(number);
      const etag =
        known?.ChecksumSHA256 === checksum && known.ETag
          ? known.ETag
          : await uploadPart(job, store, { key, upload, number, body, checksum });
      parts.push({ PartNumber: number, ETag: etag, ChecksumSHA256: checksum });
      done += body.length;
      job.report({ kind: 'uploaded', done, total: size });
    });
  } finally {
    await handle.close();
  }
  const input = {
    Key: key,
    UploadId: upload,
    MultipartUpload: { Parts: parts.sort((a, b) => a.PartNumber - b.PartNumber) },
  };
  await job
    .call('CompleteMultipartUpload', (options) => store.completeMultipartUpload(input, options))
    .catch(async (error: unknown) => {
      // The response may have been lost: the upload is gone then, and the object exists.
      if (classifyError(error)?.kind !== 'absent' || (await fetchObjectSize(job, store, key)) !== size) throw error;
    });
}

async function fetchObjectSize(job: ImportJob, store: StorePort, key: string): Promise<number | undefined> {
  try {
    return (await job.call('HeadObject', (options) => store.headObject({ Key: key }, options))).ContentLength;
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return undefined;
    throw error;
  }
}

async function findOrCreateUpload(job: ImportJob, store: StorePort, key: string): Promise<string> {
  const [open] = await listOpenUploads(job, store, key);
  if (open) return open;
  const input = { Key: key, ChecksumAlgorithm: 'SHA256' as const };
  const { UploadId = '' } = await job.call('CreateMultipartUpload', (options) =>
    store.createMultipartUpload(input, options),
  );
  return UploadId;
}

async function listOpenUploads(job: ImportJob, store: StorePort, key: string): Promise<readonly string[]> {
  const { Uploads = [] } = await job.call('ListMultipartUploads', (options) =>
    store.listMultipartUploads({ Prefix: key }, options),
  );
  return Uploads.flatMap((upload) => (upload.Key === key && upload.UploadId ? [upload.UploadId] : []));
}

/**
 * Deletes the object, and uploads that were started twice because a response was lost: both cost money, and neither
 * is visible.
 */
export async function deleteUploadedDisk(job: ImportJob, store: StorePort, key: string): Promise<void> {
  for (const UploadId of await listOpenUploads(job, store, key)) {
    const ignoreAbsent = (error: unknown): void => {
      if (classifyError(error)?.kind !== 'absent') throw error;
    };
    await job
      .call('AbortMultipartUpload', (options) => store.abortMultipartUpload({ Key: key, UploadId }, options))
      .catch(ignoreAbsent);
  }
  await job.call('DeleteObject', (options) => store.deleteObject({ Key: key }, options));
}

async function listSentParts(
  job: ImportJob,
  store: StorePort,
  key: string,
  upload: string,
): Promise<ReadonlyMap<number, PartOutput>> {
  const found = new Map<number, PartOutput>();
  let marker: string | undefined;
  do {
    const input = { Key: key, UploadId: upload, ...(marker && { PartNumberMarker: marker }) };
    const page = await job.call('ListParts', (options) => store.listParts(input, options));
    for (const part of page.Parts ?? []) if (part.PartNumber) found.set(part.PartNumber, part);
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (marker);
  return found;
}

interface PartInput {
  readonly key: string;
  readonly upload: string;
  readonly number: number;
  readonly body: Buffer;
  readonly checksum: string;
}

async function uploadPart(
  job: ImportJob,
  store: StorePort,
  { key, upload, number, body, checksum }: PartInput,
): Promise<string> {
  const input = { Key: key, UploadId: upload, PartNumber: number, Body: body, ChecksumSHA256: checksum };
  return (await job.call('UploadPart', (options) => store.uploadPart(input, options))).ETag ?? '';
}

async function readPart(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const body = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(body, done, length - done, position + done);
    if (bytesRead === 0) throw new Error('the disk shrank while it was being read');
    done += bytesRead;
  }
  return body;
}
