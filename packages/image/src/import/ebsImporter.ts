// The default importer: writes the disk's blocks directly into a snapshot (EBS direct APIs); no bucket, no role, no
// conversion.
import { open } from 'node:fs/promises';
import { classifyError, errorName } from '@i2kit/aws';
import { errorMessage } from '@i2kit/common';
import { ImageError } from '../errors.ts';
import { blockSize, readBlock } from './blocks.ts';
import { forEachConcurrently } from './concurrency.ts';
import {
  type Importer,
  type ImportJob,
  idempotencyToken,
  imageDescription,
  importId,
  kmsKeyOf,
  snapshotTags,
  volumeGib,
} from './importJob.ts';
import { deleteSnapshot, describeSnapshot, listOwnSnapshots, waitForSnapshot } from './snapshots.ts';

/** Minutes without a write after which EBS fails a snapshot. */
const snapshotTimeoutMinutes = 60;
const maxAttempts = 8;
/** Milliseconds to wait for the completion of a snapshot that accepts no more writes. */
const completionGraceMs = 60_000;

export const importWithEbs: Importer = async (job) => {
  const own = await listOwnSnapshots(job);
  const complete = own.find(({ state }) => state === 'completed');
  const pending = own.find(({ state }) => state === 'pending');
  for (const { id, state } of own) if (state === 'error') await deleteSnapshot(job, id);
  if (complete) {
    job.report({ kind: 'resumed', snapshot: complete.id });
    return complete.id;
  }
  const id = pending?.id ?? (await startSnapshot(job));
  job.report({ kind: pending ? 'resumed' : 'started', snapshot: id });
  await writeSnapshot(job, id);
  await waitForSnapshot(job, id);
  await job.journal.remove();
  return id;
};

/** The token of a failed or deleted snapshot returns that snapshot for ever, so attempts are counted in the token. */
async function startSnapshot(job: ImportJob): Promise<string> {
  const { spec, region } = job;
  const key = kmsKeyOf(spec.encryption, region);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const input = {
      VolumeSize: volumeGib(job),
      ClientToken: idempotencyToken(importId(job), `snapshot ${attempt}`),
      Description: imageDescription(spec),
      Timeout: snapshotTimeoutMinutes,
      Tags: snapshotTags(job),
      ...(spec.encryption.kind !== 'none' && { Encrypted: true }),
      ...(key !== undefined && { KmsKeyArn: key }),
    };
    try {
      const { SnapshotId, Status } = await job.call('StartSnapshot', (options) =>
        job.ports.ebs.startSnapshot(input, options),
      );
      if (SnapshotId && Status !== 'error') return SnapshotId;
    } catch (error) {
      if ((error as Error).name !== 'ConflictException') throw error;
    }
  }
  throw new ImageError('import-failed', `EBS failed ${maxAttempts} snapshots of this disk.`, {
    hint: 'Delete the snapshots in state "error", then run the command again.',
  });
}

/** Every block of the file is written: unwritten blocks of an encrypted volume read as noise. */
async function writeSnapshot(job: ImportJob, id: string): Promise<void> {
  const { checksums, aggregate } = job.disk.blocks;
  const seal = {
    SnapshotId: id,
    ChangedBlocksCount: checksums.length,
    Checksum: aggregate,
    ChecksumAlgorithm: 'SHA256',
    ChecksumAggregationMethod: 'LINEAR',
  } as const;
  const complete = () =>
    job.call('CompleteSnapshot', (options) => job.ports.ebs.completeSnapshot(seal, options), { also: ['absent'] });
  try {
    await writeBlocks(job, id);
    await complete();
  } catch (error) {
    if (classifyError(error)?.kind !== 'refused') throw error;
    await waitAfterRefusal(job, id, error);
  }
}

async function writeBlocks(job: ImportJob, id: string): Promise<void> {
  const { checksums, size } = job.disk.blocks;
  const before = await job.journal.sentIndices(id);
  const left = checksums.map((_, index) => index).filter((index) => !before.has(index));
  let sent = checksums.length - left.length;
  const progress = (): void => job.report({ kind: 'uploaded', done: Math.min(sent * blockSize, size), total: size });
  progress();
  const handle = await open(job.disk.path, 'r');
  try {
    await forEachConcurrently(left, job.concurrency, async (index) => {
      const block = {
        BlockIndex: index,
        BlockData: await readBlock(handle, index),
        DataLength: blockSize,
        Checksum: checksums[index] ?? '',
      };
      const input = { SnapshotId: id, ...block, ChecksumAlgorithm: 'SHA256' as const };
      // A new snapshot is not visible to all of EBS at once.
      await job.call('PutSnapshotBlock', (options) => job.ports.ebs.putSnapshotBlock(input, options), {
        also: ['absent'],
      });
      await job.journal.recordSent(id, index);
      sent++;
      progress();
    });
  } finally {
    await handle.close();
  }
}

/** Returns if the snapshot completes after all; otherwise throws the refusal. */
async function waitAfterRefusal(job: ImportJob, id: string, refusal: unknown): Promise<void> {
  const deadline = job.clock.now() + completionGraceMs;
  for (;;) {
    const { State } = await describeSnapshot(job, id);
    if (State === 'completed') return;
    if (State === 'error' || job.clock.now() > deadline) break;
    await job.clock.sleep(2_000, job.signal);
  }
  await job.journal.remove();
  const why = `EBS refused the snapshot ${id}: ${errorName(refusal)}: ${errorMessage(refusal)}`;
  throw new ImageError('import-failed', why, { hint: `Delete ${id}, then run the command again.`, cause: refusal });
}
