// `i2kit image push`: what the manifests need, as AMIs.
import { wantedImages } from '@i2kit/image';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import type { ImageInput } from '../image-ports.ts';
import { accountOf } from './account.ts';
import { decide } from './decide.ts';
import { imported } from './importing.ts';
import { tellMoved } from './moved.ts';
import { inWorkshop } from './workshop.ts';

export async function push(context: Context, input: ImageInput): Promise<Exit> {
  const { io, values } = context;
  const update = values.update ?? false;
  if (!update) await tellMoved(context, input);
  return inWorkshop(context, input, async (workshop) => {
    const account = await accountOf(context, input.region, workshop.interrupt.signal);
    await decide(input, workshop, update);
    const rows: { readonly group: string; readonly region: string; readonly ami: string }[] = [];
    for (const image of wantedImages(input.groups, workshop.record.lock(), input.base)) {
      const amis = Object.entries(await imported(image, input, workshop, account));
      rows.push(...image.groups.flatMap((group) => amis.map(([region, ami]) => ({ group, region, ami }))));
    }
    if (values.output === 'json') io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else if (values.progress !== 'json') for (const { group, region, ami } of rows) io.stdout.write(`${group}\t${region}\t${ami}\n`);
    return exit.fine;
  });
}
