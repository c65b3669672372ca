// Whether images can be had here: without linuxkit only those that somebody has made already.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findImage, finishedBuild, isImageError, type WantedImage, wantedImages } from '@i2kit/image';
import type { ImageInput } from '../image-ports.ts';
import type { Io } from '../io.ts';
import { accountOf } from './account.ts';
import { list } from './importing.ts';
import type { Workshop } from './workshop.ts';

/** False where something has to be built, and linuxkit is not on PATH. Writes nothing. */
export async function buildable(input: ImageInput, workshop: Workshop): Promise<boolean> {
  const { context, folder, interrupt } = workshop;
  if (isOnPath('linuxkit', context.io)) return true;
  const wanted = wantedIf(input, workshop);
  if (wanted === undefined) return false;
  const { home, call, ec2 } = await accountOf(context, input.region, interrupt.signal);
  const regions = [home, ...list(context.values.regions)];
  for (const { key } of wanted) {
    if (await finishedBuild(folder, key)) continue;
    for (const region of regions) if ((await findImage(ec2(region), call, key)) === undefined) return false;
  }
  return true;
}

export const isOnPath = (program: string, { env, runtime }: Pick<Io, 'env' | 'runtime'>): boolean =>
  (env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, runtime.platform === 'win32' ? `${program}.exe` : program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Undefined where the lock lacks digests: what is not known by its content was not made. */
function wantedIf({ groups, base }: ImageInput, { record }: Workshop): readonly WantedImage[] | undefined {
  try {
    return wantedImages(groups, record.lock(), base);
  } catch (error) {
    if (isImageError(error, 'unlocked')) return undefined;
    throw error;
  }
}
