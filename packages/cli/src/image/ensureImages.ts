// Builds and imports missing images for `apply`, unless an image has to be built without linuxkit.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { countText, listText } from '@i2kit/common';
import type { Lock } from '@i2kit/compiler';
import { findFinishedBuild, findImage, isImageError, type RequiredImage, requiredImages } from '@i2kit/image';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import type { ImageBuildInput } from '../ports/image.ts';
import { openImageAccount } from './account.ts';
import { type BuildSession, withBuildSession } from './buildSession.ts';
import { findOrImportImage, splitList } from './importImage.ts';
import { lockImageContents } from './lockImages.ts';

/** Undefined, without any effect, if an image has to be built that cannot be built here. */
export async function ensureImages(context: Context, input: ImageBuildInput): Promise<Lock | undefined> {
  return withBuildSession(context, input, async (workshop) => {
    const { progress: shown, lockRecorder: record, interrupt } = workshop;
    if (!(await canObtainImages(input, workshop))) return undefined;
    const began = Date.now();
    const without = input.groups.filter(({ image }) => image === undefined).map(({ key }) => key);
    const cost = 'Building and importing takes a minute or two per image; --no-build refuses instead.';
    shown.add({ kind: 'note', message: `No image exists for ${listText(without)}. ${cost}` });
    const account = await openImageAccount(context, input.region, interrupt.signal);
    await lockImageContents(input, workshop, false);
    // All groups again: another agent version changes the images of groups that had one.
    const wanted = requiredImages(input.groups, record.lock(), input.base);
    const missing = wanted.filter(({ key }) => record.lock().amis?.[key]?.[account.home] === undefined);
    for (const image of missing) await findOrImportImage(image, input, workshop, account);
    shown.add({
      kind: 'note',
      message: `${countText(missing.length, 'image')} in ${Math.round((Date.now() - began) / 1000)} s.`,
    });
    return record.lock();
  });
}

/**
 * Whether all images can be provided here: without linuxkit only existing ones. False if an image has to be built
 * and linuxkit is not on PATH. Writes nothing.
 */
export async function canObtainImages(input: ImageBuildInput, workshop: BuildSession): Promise<boolean> {
  const { context, folders, interrupt } = workshop;
  if (isOnPath('linuxkit', context.io)) return true;
  const wanted = requiredImagesIfLocked(input, workshop);
  if (wanted === undefined) return false;
  const { home, call, ec2 } = await openImageAccount(context, input.region, interrupt.signal);
  const regions = [home, ...splitList(context.values.regions)];
  for (const { key } of wanted) {
    if (await findFinishedBuild(folders, key)) continue;
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

/** Undefined if the lock lacks digests: without the content's key no image can be found. */
function requiredImagesIfLocked(
  { groups, base }: ImageBuildInput,
  { lockRecorder: record }: BuildSession,
): readonly RequiredImage[] | undefined {
  try {
    return requiredImages(groups, record.lock(), base);
  } catch (error) {
    if (isImageError(error, 'unlocked')) return undefined;
    throw error;
  }
}
