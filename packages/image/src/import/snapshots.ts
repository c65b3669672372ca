// Finds snapshots of earlier runs in EC2, and waits until one is complete.
import { readPages } from '@i2kit/aws';
import { ImageError } from '../errors.ts';
import { type ImportJob, importId, importTag } from './importJob.ts';
import type { SnapshotOutput } from './ports.ts';

const pollIntervalMs = 2_000;
const maxWaitMs = 45 * 60_000;

export interface OwnSnapshot {
  readonly id: string;
  /** As EC2 spells it: `pending`, `completed`, `error` … */
  readonly state: string;
}

/** Those with the job's tag, oldest first; only this tag allows using or deleting a snapshot. */
export async function listOwnSnapshots(job: ImportJob): Promise<readonly OwnSnapshot[]> {
  const found: SnapshotOutput[] = [];
  const own = { OwnerIds: ['self'], Filters: [{ Name: `tag:${importTag}`, Values: [importId(job)] }] };
  const pages = readPages((from) =>
    job.call('DescribeSnapshots', (options) =>
      job.ports.ec2(job.region).describeSnapshots({ ...own, ...from }, options),
    ),
  );
  for await (const { Snapshots = [] } of pages) found.push(...Snapshots);
  const byAge = found.sort((a, b) => (a.StartTime?.getTime() ?? 0) - (b.StartTime?.getTime() ?? 0));
  return byAge.flatMap(({ SnapshotId, State = '' }) => (SnapshotId ? [{ id: SnapshotId, state: State }] : []));
}

export async function describeSnapshot(job: ImportJob, id: string): Promise<SnapshotOutput> {
  const input = { SnapshotIds: [id] };
  const { Snapshots } = await job.call(
    'DescribeSnapshots',
    (options) => job.ports.ec2(job.region).describeSnapshots(input, options),
    {
      also: ['absent'],
    },
  );
  return Snapshots?.[0] ?? {};
}

export const deleteSnapshot = (job: ImportJob, id: string): Promise<unknown> =>
  job
    .call('DeleteSnapshot', (options) => job.ports.ec2(job.region).deleteSnapshot({ SnapshotId: id }, options))
    .catch((error: unknown) => {
      // Another run may have been faster.
      if (String((error as Error).name).includes('NotFound')) return;
      throw error;
    });

/** Returns once the snapshot is complete, or throws. */
export async function waitForSnapshot(job: ImportJob, id: string): Promise<void> {
  const deadline = job.clock.now() + maxWaitMs;
  for (;;) {
    const { State, StateMessage } = await describeSnapshot(job, id);
    if (State === 'completed') return;
    if (State === 'error')
      throw new ImageError('import-failed', `The snapshot ${id} failed: ${StateMessage ?? 'EC2 gives no reason'}.`);
    if (job.clock.now() > deadline)
      throw new ImageError('import-timeout', `The snapshot ${id} is not complete yet.`, {
        hint: 'Run the command again to resume waiting.',
      });
    job.report({ kind: 'waiting', for: id });
    await job.clock.sleep(pollIntervalMs, job.signal);
  }
}
