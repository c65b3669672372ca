// `i2kit image gc`: removes what nothing refers to, after it has shown what that is.
import { type GcPlan, inventory, planGc, remove } from '@i2kit/image';
import { agreed } from '../aws/ask.ts';
import { interruptible } from '../aws/interrupt.ts';
import type { Context } from '../context.ts';
import { duration } from '../duration.ts';
import { type Exit, exit } from '../exit.ts';
import type { ImageScope } from '../image-ports.ts';
import { count } from '../text.ts';
import { accountOf } from './account.ts';
import { list } from './importing.ts';
import { age } from './ls.ts';

/** Unused images that stay in each region, where nobody says how many. */
const defaultKeep = 3;

export async function gc(context: Context, scope: ImageScope): Promise<Exit> {
  const { io, values } = context;
  const interrupt = interruptible(io);
  try {
    const { home, call, ec2 } = await accountOf(context, scope.region, interrupt.signal);
    const places = [...new Set([home, ...list(values.regions)])].map((region) => ({ region, ec2: ec2(region), call }));
    const all = await Promise.all(places.map(inventory));
    const locked = Object.values(scope.lock.lock?.amis ?? {}).flatMap((amis) => Object.values(amis));
    const plan = planGc({
      images: all.flatMap(({ images }) => images),
      snapshots: all.flatMap(({ snapshots }) => snapshots),
      inUse: new Set([...locked, ...all.flatMap(({ users }) => [...users.keys()])]),
      keep: values.keep === undefined ? defaultKeep : Number(values.keep),
      now: Date.now(),
      grace: duration(values['older-than'] ?? '24h') ?? 0,
    });
    io.stdout.write(values.output === 'json' ? `${JSON.stringify({ version: 1, ...plan }, null, 2)}\n` : planText(plan, Date.now()));
    const removals = plan.deregister.length + plan.deleteSnapshots.length;
    if (values['dry-run'] || removals === 0) return exit.fine;
    if (!(await agreed(context, 'Remove them?', interrupt.signal))) {
      io.stderr.write('Nothing was removed.\n');
      return interrupt.signal.aborted ? exit.interrupted : exit.refused;
    }
    for (const place of places) await remove(place, plan, (id) => !values.quiet && io.stderr.write(`removed ${id}\n`));
    return exit.fine;
  } finally {
    interrupt.release();
  }
}

function planText({ deregister, deleteSnapshots, keep }: GcPlan, now: number): string {
  const orphans = deleteSnapshots.filter(({ why }) => why === 'orphan');
  const why = { 'in-use': 'used', newest: 'among the newest', young: 'too young' } as const;
  return [
    ...keep.map(({ image, why: reason }) => `KEEP    ${image.id}  ${image.region}  ${age(now - image.created)}  ${why[reason]}`),
    ...deregister.map(({ id, region, created }) => `REMOVE  ${id}  ${region}  ${age(now - created)}  nothing refers to it`),
    ...orphans.map(({ id, region }) => `REMOVE  ${id}  ${region}  a snapshot that no image has`),
    `${count(deregister.length, 'image')} and ${count(deleteSnapshots.length, 'snapshot')} to remove, ${count(keep.length, 'image')} to keep.`,
    '',
  ].join('\n');
}
