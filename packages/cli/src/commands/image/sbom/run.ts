// Prints the SPDX document of the manifests' machine images.
import { requiredImages, sbomOf } from '@i2kit/image';
import type { Context } from '../../../context.ts';
import { type ExitCode, exit } from '../../../exit.ts';
import type { ImageBuildInput } from '../../../ports/image.ts';
import { version } from '../../../version.ts';

export async function runImageSbom({ io }: Context, input: ImageBuildInput): Promise<ExitCode> {
  const lock = input.lock.lock ?? { version: 1 as const };
  const epoch = io.env['SOURCE_DATE_EPOCH'];
  const created = epoch !== undefined && /^\d{1,12}$/.test(epoch) ? Number(epoch) * 1_000 : Date.now();
  const name = `${input.env}-${input.app}`;
  const images = requiredImages(input.groups, lock, input.base);
  io.stdout.write(`${JSON.stringify(sbomOf(images, lock, input.base, { name, version, created }), null, 2)}\n`);
  return exit.fine;
}
