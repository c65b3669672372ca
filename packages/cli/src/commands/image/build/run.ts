// Builds the disks of the manifests' images on this computer.
import { requiredImages } from '@i2kit/image';
import type { Context } from '../../../context.ts';
import { type ExitCode, exit } from '../../../exit.ts';
import { buildWithProgress } from '../../../image/buildImage.ts';
import { withBuildSession } from '../../../image/buildSession.ts';
import { lockImageContents, warnMovedTags } from '../../../image/lockImages.ts';
import type { ImageBuildInput } from '../../../ports/image.ts';

export async function runImageBuild(context: Context, input: ImageBuildInput): Promise<ExitCode> {
  const { io, values } = context;
  const update = values.update ?? false;
  if (!update) await warnMovedTags(context, input);
  return withBuildSession(context, input, async (workshop) => {
    await lockImageContents(input, workshop, update);
    for (const image of requiredImages(input.groups, workshop.lockRecorder.lock(), input.base)) {
      const { path } = await buildWithProgress(image, input, workshop);
      if (values.progress !== 'json') io.stdout.write(`${path}\n`);
    }
    return exit.fine;
  });
}
