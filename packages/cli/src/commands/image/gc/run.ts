// Shows unused images and snapshots, and deletes them after confirmation.
import { countText } from '@i2kit/common';
import { deleteUnused, type GcPlan, planGc, readInventory } from '@i2kit/image';
import type { Context } from '../../../context.ts';
import { parseDuration } from '../../../duration.ts';
import { type ExitCode, exit } from '../../../exit.ts';
import { openImageAccount } from '../../../image/account.ts';
import { splitList } from '../../../image/importImage.ts';
import { confirm } from '../../../output/confirm.ts';
import { listenForInterrupt } from '../../../output/interrupt.ts';
import type { ImageScope } from '../../../ports/image.ts';
import { ageText } from '../ls/run.ts';

/** The number of unused images kept in each region by default. */
const defaultKeep = 3;

export async function runImageGc(context: Context, scope: ImageScope): Promise<ExitCode> {
  const { io, values } = context;
  const interrupt = listenForInterrupt(io);
  try {
    const { home, call, ec2 } = await openImageAccount(context, scope.region, interrupt.signal);
    const places = [...new Set([home, ...splitList(values.regions)])].map((region) => ({
      region,
      ec2: ec2(region),
      call,
    }));
    const all = await Promise.all(places.map(readInventory));
    const locked = Object.values(scope.lock.lock?.amis ?? {}).flatMap((amis) => Object.values(amis));
    const plan = planGc({
      images: all.flatMap(({ images }) => images),
      snapshots: all.flatMap(({ snapshots }) => snapshots),
      inUse: new Set([...locked, ...all.flatMap(({ users }) => [...users.keys()])]),
      keep: values.keep === undefined ? defaultKeep : Number(values.keep),
      now: Date.now(),
      grace: parseDuration(values['older-than'] ?? '24h') ?? 0,
    });
    io.stdout.write(
      values.output === 'json' ? `${JSON.stringify({ version: 1, ...plan }, null, 2)}\n` : gcPlanText(plan, Date.now()),
    );
    const removals = plan.deregister.length + plan.deleteSnapshots.length;
    if (values['dry-run'] || removals === 0) return exit.fine;
    if (!(await confirm(context, 'Remove them?', interrupt.signal))) {
      io.stderr.write('Nothing was removed.\n');
      return interrupt.signal.aborted ? exit.interrupted : exit.refused;
    }
    for (const place of places)
      await deleteUnused(place, plan, (id) => !values.quiet && io.stderr.write(`removed ${id}\n`));
    return exit.fine;
  } finally {
    interrupt.release();
  }
}

function gcPlanText({ deregister, deleteSnapshots, keep }: GcPlan, now: number): string {
  const orphans = deleteSnapshots.filter(({ why }) => why === 'orphan');
  const why = { 'in-use': 'used', newest: 'among the newest', young: 'too young' } as const;
  return [
    ...keep.map(
      ({ image, why: reason }) =>
        `KEEP    ${image.id}  ${image.region}  ${ageText(now - image.created)}  ${why[reason]}`,
    ),
    ...deregister.map(({ id, region, created }) => `REMOVE  ${id}  ${region}  ${ageText(now - created)}  unused`),
    ...orphans.map(({ id, region }) => `REMOVE  ${id}  ${region}  a snapshot without an image`),
    `${countText(deregister.length, 'image')} and ${countText(deleteSnapshots.length, 'snapshot')} to remove, ${countText(keep.length, 'image')} to keep.`,
    '',
  ].join('\n');
}
