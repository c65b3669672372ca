// `i2kit image build`: the disks of what the manifests need, on this computer.
import { wantedImages } from '@i2kit/image';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import type { ImageInput } from '../image-ports.ts';
import { decide } from './decide.ts';
import { made } from './making.ts';
import { tellMoved } from './moved.ts';
import { inWorkshop } from './workshop.ts';

export async function build(context: Context, input: ImageInput): Promise<Exit> {
  const { io, values } = context;
  const update = values.update ?? false;
  if (!update) await tellMoved(context, input);
  return inWorkshop(context, input, async (workshop) => {
    await decide(input, workshop, update);
    for (const image of wantedImages(input.groups, workshop.record.lock(), input.base)) {
      const { path } = await made(image, input, workshop);
      if (values.progress !== 'json') io.stdout.write(`${path}\n`);
    }
    return exit.fine;
  });
}
