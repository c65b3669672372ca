// Imports the images of the manifests as AMIs.
import { requiredImages } from '@i2kit/image';
import type { Context } from '../../../context.ts';
import { type ExitCode, exit } from '../../../exit.ts';
import { openImageAccount } from '../../../image/account.ts';
import { withBuildSession } from '../../../image/buildSession.ts';
import { findOrImportImage } from '../../../image/importImage.ts';
import { lockImageContents, warnMovedTags } from '../../../image/lockImages.ts';
import type { ImageBuildInput } from '../../../ports/image.ts';

export async function runImagePush(context: Context, input: ImageBuildInput): Promise<ExitCode> {
  const { io, values } = context;
  const update = values.update ?? false;
  if (!update) await warnMovedTags(context, input);
  return withBuildSession(context, input, async (workshop) => {
    const account = await openImageAccount(context, input.region, workshop.interrupt.signal);
    await lockImageContents(input, workshop, update);
    const rows: { readonly group: string; readonly region: string; readonly ami: string }[] = [];
    for (const image of requiredImages(input.groups, workshop.lockRecorder.lock(), input.base)) {
      const amis = Object.entries(await findOrImportImage(image, input, workshop, account));
      rows.push(...image.groups.flatMap((group) => amis.map(([region, ami]) => ({ group, region, ami }))));
    }
    if (values.output === 'json') io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else if (values.progress !== 'json')
      for (const { group, region, ami } of rows) io.stdout.write(`${group}\t${region}\t${ami}\n`);
    return exit.fine;
  });
}
