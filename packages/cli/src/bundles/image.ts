// Entry point of the image bundle: building, importing and running images.

import { failure, success } from '@i2kit/common';
import { runImageBuild as building } from '../commands/image/build/run.ts';
import { runImageGc as collecting } from '../commands/image/gc/run.ts';
import { runImageLs as listing } from '../commands/image/ls/run.ts';
import { runImagePush as pushing } from '../commands/image/push/run.ts';
import { runImageRun as running } from '../commands/image/run/run.ts';
import { runImageSbom as listingContents } from '../commands/image/sbom/run.ts';
import { ensureImages as ensuring } from '../image/ensureImages.ts';
import { reportingImageErrors } from '../image/failures.ts';
import { warnMovedTags as telling } from '../image/lockImages.ts';
import type { Images } from '../ports/image.ts';

// The SDK would print a warning about Node.js 20 in the middle of a table.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export const build: Images['build'] = reportingImageErrors(building);
export const push: Images['push'] = reportingImageErrors(pushing);
export const run: Images['run'] = reportingImageErrors(running);
export const sbom: Images['sbom'] = reportingImageErrors(listingContents);
export const ls: Images['ls'] = reportingImageErrors(listing);
export const gc: Images['gc'] = reportingImageErrors(collecting);
export const warnMovedTags: Images['warnMovedTags'] = reportingImageErrors(telling);
export const ensureImages: Images['ensureImages'] = async (context, input) => {
  let lock: Awaited<ReturnType<typeof ensuring>>;
  const exit = await reportingImageErrors(async () => {
    lock = await ensuring(context, input);
    return 0;
  })(context);
  return exit === 0 ? success(lock) : failure(exit);
};
