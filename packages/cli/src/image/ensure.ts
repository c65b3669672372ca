// On the way of `apply`: what is missing is built and imported, each image once, and said before it begins.
import type { Lock } from '@i2kit/compiler';
import { wantedImages } from '@i2kit/image';
import type { Context } from '../context.ts';
import type { ImageInput } from '../image-ports.ts';
import { count, listed } from '../text.ts';
import { accountOf } from './account.ts';
import { buildable } from './buildable.ts';
import { decide } from './decide.ts';
import { imported } from './importing.ts';
import { inWorkshop } from './workshop.ts';

/** Undefined, and nothing is done, where something has to be built that cannot be built here. */
export async function ensure(context: Context, input: ImageInput): Promise<Lock | undefined> {
  return inWorkshop(context, input, async (workshop) => {
    const { shown, record, interrupt } = workshop;
    if (!(await buildable(input, workshop))) return undefined;
    const began = Date.now();
    const without = input.groups.filter(({ image }) => image === undefined).map(({ key }) => key);
    const cost = 'Building and importing takes a minute or two for each image; --no-build refuses instead.';
    shown.add({ kind: 'note', message: `No image is known of ${listed(without)}. ${cost}` });
    const account = await accountOf(context, input.region, interrupt.signal);
    await decide(input, workshop, false);
    // All groups again: another agent makes other images of those that had one.
    const wanted = wantedImages(input.groups, record.lock(), input.base);
    const missing = wanted.filter(({ key }) => record.lock().amis?.[key]?.[account.home] === undefined);
    for (const image of missing) await imported(image, input, workshop, account);
    shown.add({ kind: 'note', message: `${count(missing.length, 'image')} in ${Math.round((Date.now() - began) / 1000)} s.` });
    return record.lock();
  });
}
