// Whether tags mean something else by now than when they were locked.
import { dockerCredentials, movedTags, registry } from '@i2kit/image';
import type { Context } from '../context.ts';
import { exit } from '../exit.ts';
import type { ImageInput } from '../image-ports.ts';
import { moved } from './decide.ts';
import { progress } from './progress.ts';

/** Milliseconds for which a registry is waited for: nothing depends on its answer. */
const patience = 3_000;

export async function tellMoved(context: Context, { groups, lock }: ImageInput): Promise<typeof exit.fine> {
  const shown = progress(context);
  const quick = registry({
    credentials: dockerCredentials(context.io.env),
    timeout: patience,
    patience: 0,
    mirrors: context.values.mirror ?? [],
  });
  const references = [...new Set(groups.flatMap(({ images }) => images))];
  for (const change of await movedTags(references, lock.lock ?? {}, quick))
    shown.add({
      kind: 'warning',
      code: 'I2K798',
      message: `${moved(change)}, and stays.`,
      hint: "'i2kit image build --update' takes the new one",
    });
  shown.end();
  return exit.fine;
}
