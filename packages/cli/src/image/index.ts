// Where the third bundle begins: everything of the command line that makes, imports and runs images.
import type { Images } from '../image-ports.ts';
import { build as building } from './build.ts';
import { ensure as ensuring } from './ensure.ts';
import { guarded } from './failure.ts';
import { gc as collecting } from './gc.ts';
import { ls as listing } from './ls.ts';
import { tellMoved as telling } from './moved.ts';
import { push as pushing } from './push.ts';
import { run as running } from './run.ts';

// The SDK would warn of Node 20 in the middle of a table.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export const build: Images['build'] = guarded(building);
export const push: Images['push'] = guarded(pushing);
export const run: Images['run'] = guarded(running);
export const ls: Images['ls'] = guarded(listing);
export const gc: Images['gc'] = guarded(collecting);
export const tellMoved: Images['tellMoved'] = guarded(telling);
export const ensure: Images['ensure'] = async (context, input) => {
  let lock: Awaited<ReturnType<typeof ensuring>>;
  const exit = await guarded(async () => {
    lock = await ensuring(context, input);
    return 0;
  })(context);
  return exit === 0 ? { lock } : { exit };
};
