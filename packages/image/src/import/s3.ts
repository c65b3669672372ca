// The other importer: the disk becomes an object of a bucket, and EC2 makes a snapshot of it; for accounts without EBS direct.
import { ImageError } from '../errors.ts';
import { faultOf } from './fault.ts';
import { descriptionOf, type Importer, importId, type Job, keyOf, snapshotTags, tagsOf, tokenOf } from './job.ts';
import type { ImportTaskOutput, StorePort } from './ports.ts';
import { removeDisk, uploadDisk } from './s3-upload.ts';
import { ownSnapshots, waitForSnapshot } from './snapshots.ts';

const pollEvery = 5_000;
const longestWait = 60 * 60_000;
const mostAttempts = 8;

export const s3Snapshot: Importer = async (job) => {
  const { store } = job.ports;
  if (!store)
    throw new ImageError('import-failed', 'An import through S3 needs a bucket.', {
      hint: 'Name the environment, whose bucket is used, or import without S3.',
    });
  const object = `images/${importId(job)}.raw`;
  const id = await converted(job, store, object);
  await waitForSnapshot(job, id);
  // Only now: an earlier run's object would otherwise stay for ever.
  await removeDisk(job, store, object);
  return id;
};

/** Another run may end an upload, or remove the object, under our hands; what it made is found then. */
async function converted(job: Job, store: StorePort, object: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const known = (await ownSnapshots(job)).find(({ state }) => state !== 'error');
    if (known) {
      job.report({ kind: 'resumed', snapshot: known.id });
      return known.id;
    }
    try {
      await uploadDisk(job, store, object);
      return await snapshotOf(job, store, object);
    } catch (error) {
      if (faultOf(error) !== 'absent' || attempt === mostAttempts) throw error;
    }
  }
}

async function snapshotOf(job: Job, store: StorePort, object: string): Promise<string> {
  const task = await begun(job, store.bucket, object);
  const id = await finished(job, task, () => removeDisk(job, store, object));
  // EC2 tags the task, not its snapshot; without the tag no later run would know it.
  const input = { Resources: [id], Tags: snapshotTags(job) };
  await job.call('CreateTags', (options) => job.ports.ec2(job.region).createTags(input, options), { also: ['absent'] });
  return id;
}

async function begun(job: Job, bucket: string, object: string): Promise<string> {
  const { spec, region } = job;
  const key = keyOf(spec.encryption, region);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const input = {
      ClientToken: tokenOf(importId(job), `task ${attempt}`),
      Description: descriptionOf(spec),
      DiskContainer: { Format: 'RAW' as const, UserBucket: { S3Bucket: bucket, S3Key: object } },
      ...(spec.encryption.kind !== 'none' && { Encrypted: true }),
      ...(key !== undefined && { KmsKeyId: key }),
      TagSpecifications: [{ ResourceType: 'import-snapshot-task' as const, Tags: tagsOf(spec) }],
    };
    const { ImportTaskId, SnapshotTaskDetail } = await job.call('ImportSnapshot', (options) =>
      job.ports.ec2(region).importSnapshot(input, options),
    );
    if (ImportTaskId && !isFailed(SnapshotTaskDetail?.Status)) return ImportTaskId;
  }
  throw new ImageError('import-failed', `EC2 has failed to import this disk ${mostAttempts} times.`);
}

async function finished(job: Job, task: string, cleanUp: () => Promise<unknown>): Promise<string> {
  const deadline = job.clock.now() + longestWait;
  for (;;) {
    const detail = await taskDetail(job, task);
    if (detail?.Status === 'completed' && detail.SnapshotId) return detail.SnapshotId;
    if (isFailed(detail?.Status)) {
      await cleanUp();
      throw new ImageError('import-failed', `EC2 could not import the disk: ${detail?.StatusMessage ?? 'it does not say why'}.`, {
        hint: 'The role vmimport must exist and be able to read the bucket.',
      });
    }
    if (job.clock.now() > deadline)
      throw new ImageError('import-timeout', `The task ${task} has not ended yet.`, { hint: 'Run it again; it goes on waiting.' });
    const percent = Number(detail?.Progress);
    job.report({ kind: 'waiting', for: task, ...(Number.isFinite(percent) && detail?.Progress ? { percent } : {}) });
    await job.clock.sleep(pollEvery, job.signal);
  }
}

async function taskDetail(job: Job, task: string): Promise<ImportTaskOutput['SnapshotTaskDetail']> {
  const input = { ImportTaskIds: [task] };
  const found = await job.call(
    'DescribeImportSnapshotTasks',
    (options) => job.ports.ec2(job.region).describeImportSnapshotTasks(input, options),
    { also: ['absent'] },
  );
  return found.ImportSnapshotTasks?.[0]?.SnapshotTaskDetail;
}

const isFailed = (status: string | undefined): boolean => status === 'deleting' || status === 'deleted';
