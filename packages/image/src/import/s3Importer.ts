// The alternative importer: uploads the disk to a bucket, and EC2 makes a snapshot of it; for accounts without EBS
// direct APIs.

import { classifyError } from '@i2kit/aws';
import { ImageError } from '../errors.ts';
import {
  type Importer,
  type ImportJob,
  idempotencyToken,
  imageDescription,
  imageTags,
  importId,
  kmsKeyOf,
  snapshotTags,
} from './importJob.ts';
import type { ImportTaskOutput, StorePort } from './ports.ts';
import { deleteUploadedDisk, uploadDisk } from './s3Upload.ts';
import { listOwnSnapshots, waitForSnapshot } from './snapshots.ts';

const pollIntervalMs = 5_000;
const maxWaitMs = 60 * 60_000;
const maxAttempts = 8;

export const importWithS3: Importer = async (job) => {
  const { store } = job.ports;
  if (!store)
    throw new ImageError('import-failed', 'An import through S3 needs a bucket.', {
      hint: 'Name the environment, to use its bucket, or import without S3.',
    });
  const object = `images/${importId(job)}.raw`;
  const id = await uploadAndConvert(job, store, object);
  await waitForSnapshot(job, id);
  // Only now, because the object of an earlier run would otherwise never be deleted.
  await deleteUploadedDisk(job, store, object);
  return id;
};

/** Another run may finish an upload, or delete the object, in between; its result is found then. */
async function uploadAndConvert(job: ImportJob, store: StorePort, object: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const known = (await listOwnSnapshots(job)).find(({ state }) => state !== 'error');
    if (known) {
      job.report({ kind: 'resumed', snapshot: known.id });
      return known.id;
    }
    try {
      await uploadDisk(job, store, object);
      return await convertObject(job, store, object);
    } catch (error) {
      if (classifyError(error)?.kind !== 'absent' || attempt === maxAttempts) throw error;
    }
  }
}

async function convertObject(job: ImportJob, store: StorePort, object: string): Promise<string> {
  const task = await startImportTask(job, store.bucket, object);
  const id = await waitForImportTask(job, task, () => deleteUploadedDisk(job, store, object));
  // EC2 tags the task, but not its snapshot; without the tag no later run would find it.
  const input = { Resources: [id], Tags: snapshotTags(job) };
  await job.call('CreateTags', (options) => job.ports.ec2(job.region).createTags(input, options), { also: ['absent'] });
  return id;
}

async function startImportTask(job: ImportJob, bucket: string, object: string): Promise<string> {
  const { spec, region } = job;
  const key = kmsKeyOf(spec.encryption, region);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const input = {
      ClientToken: idempotencyToken(importId(job), `task ${attempt}`),
      Description: imageDescription(spec),
      DiskContainer: { Format: 'RAW' as const, UserBucket: { S3Bucket: bucket, S3Key: object } },
      ...(spec.encryption.kind !== 'none' && { Encrypted: true }),
      ...(key !== undefined && { KmsKeyId: key }),
      TagSpecifications: [{ ResourceType: 'import-snapshot-task' as const, Tags: imageTags(spec) }],
    };
    const { ImportTaskId, SnapshotTaskDetail } = await job.call('ImportSnapshot', (options) =>
      job.ports.ec2(region).importSnapshot(input, options),
    );
    if (ImportTaskId && !isFailed(SnapshotTaskDetail?.Status)) return ImportTaskId;
  }
  throw new ImageError('import-failed', `EC2 failed to import this disk ${maxAttempts} times.`);
}

async function waitForImportTask(job: ImportJob, task: string, cleanUp: () => Promise<unknown>): Promise<string> {
  const deadline = job.clock.now() + maxWaitMs;
  for (;;) {
    const detail = await describeImportTask(job, task);
    if (detail?.Status === 'completed' && detail.SnapshotId) return detail.SnapshotId;
    if (isFailed(detail?.Status)) {
      await cleanUp();
      throw new ImageError(
        'import-failed',
        `EC2 could not import the disk: ${detail?.StatusMessage ?? 'no reason given'}.`,
        {
          hint: 'The role vmimport must exist and be able to read the bucket.',
        },
      );
    }
    if (job.clock.now() > deadline)
      throw new ImageError('import-timeout', `The task ${task} is still in progress.`, {
        hint: 'Run the command again to resume waiting.',
      });
    const percent = Number(detail?.Progress);
    job.report({ kind: 'waiting', for: task, ...(Number.isFinite(percent) && detail?.Progress ? { percent } : {}) });
    await job.clock.sleep(pollIntervalMs, job.signal);
  }
}

async function describeImportTask(job: ImportJob, task: string): Promise<ImportTaskOutput['SnapshotTaskDetail']> {
  const input = { ImportTaskIds: [task] };
  const found = await job.call(
    'DescribeImportSnapshotTasks',
    (options) => job.ports.ec2(job.region).describeImportSnapshotTasks(input, options),
    { also: ['absent'] },
  );
  return found.ImportSnapshotTasks?.[0]?.SnapshotTaskDetail;
}

const isFailed = (status: string | undefined): boolean => status === 'deleting' || status === 'deleted';
