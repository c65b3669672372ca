// Lists images of the account that i2kit created, their users, and images that only the lock file names.
import { compareText } from '@i2kit/common';
import type { Inventory, ListedImage } from '@i2kit/image';
import { readInventory } from '@i2kit/image';
import type { Context } from '../../../context.ts';
import { type ExitCode, exit } from '../../../exit.ts';
import { openImageAccount } from '../../../image/account.ts';
import { splitList } from '../../../image/importImage.ts';
import { shortKey } from '../../../image/progress.ts';
import { listenForInterrupt } from '../../../output/interrupt.ts';
import type { ImageScope } from '../../../ports/image.ts';

export async function runImageLs(context: Context, scope: ImageScope): Promise<ExitCode> {
  const { io, values } = context;
  const interrupt = listenForInterrupt(io);
  try {
    const { home, call, ec2 } = await openImageAccount(context, scope.region, interrupt.signal);
    const regions = [...new Set([home, ...splitList(values.regions)])];
    const all = await Promise.all(regions.map((region) => readInventory({ region, ec2: ec2(region), call })));
    const rows = all.flatMap((found) => imageRows(found, scope));
    const known = new Set(rows.map(({ ami }) => ami));
    const lost = Object.entries(scope.lock.lock?.amis ?? {}).flatMap(([key, amis]) =>
      Object.entries(amis).flatMap(([region, ami]) =>
        regions.includes(region) && !known.has(ami) ? [{ key, region, ami }] : [],
      ),
    );
    if (values.output === 'json') io.stdout.write(`${JSON.stringify({ version: 1, images: rows, lost }, null, 2)}\n`);
    else io.stdout.write(imageTable(rows, Date.now()));
    for (const { ami, region } of lost)
      io.stderr.write(`warning: ${scope.lock.name} names ${ami}, which does not exist in ${region}.\n`);
    return exit.fine;
  } finally {
    interrupt.release();
  }
}

interface ImageRow {
  readonly ami: string;
  readonly region: string;
  readonly key: string;
  readonly architecture: string;
  readonly state: string;
  /** GiB */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly locked: boolean;
  readonly users: readonly string[];
}

function imageRows({ images, users }: Inventory, { lock }: ImageScope): ImageRow[] {
  const row = ({ id, region, key, architecture, state, size, created }: ListedImage): ImageRow => ({
    ...{ ami: id, region, key, architecture, state, size, created },
    locked: lock.lock?.amis?.[key]?.[region] === id,
    users: users.get(id) ?? [],
  });
  return images.map(row).sort((a, b) => b.created - a.created || compareText(a.ami, b.ami));
}

function imageTable(rows: readonly ImageRow[], now: number): string {
  const lines = rows.map(({ ami, region, key, architecture, state, size, created, locked, users }) => [
    ami,
    region,
    shortKey(key),
    architecture,
    state,
    `${size} GiB`,
    ageText(now - created),
    [...(locked ? ['the lock'] : []), ...users].join(', ') || '-',
  ]);
  const all = [['IMAGE', 'REGION', 'KEY', 'ARCH', 'STATE', 'SIZE', 'AGE', 'USED BY'], ...lines];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

export function ageText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  return minutes < 120
    ? `${minutes}m`
    : minutes < 48 * 60
      ? `${Math.floor(minutes / 60)}h`
      : `${Math.floor(minutes / 1440)}d`;
}
