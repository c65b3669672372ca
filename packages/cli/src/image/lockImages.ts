// Locks the content of images: the digests of their tags and of the agent; warns of tags that have moved since.

import { countText } from '@i2kit/common';
import { agentVersionKey } from '@i2kit/compiler/image';
import {
  dockerCredentials,
  findMovedTags,
  imageReferences,
  registryClient,
  resolveImages,
  type TagChange,
  withImages,
  withVersions,
} from '@i2kit/image';
import type { Context } from '../context.ts';
import { exit } from '../exit.ts';
import type { ImageBuildInput } from '../ports/image.ts';
import type { BuildSession } from './buildSession.ts';
import { imageProgress } from './progress.ts';

/** Locked digests are kept, unless `update`. */
export async function lockImageContents(
  { groups, base }: ImageBuildInput,
  { lockRecorder: record, registry, progress: shown, agent }: BuildSession,
  update: boolean,
): Promise<void> {
  const references = imageReferences(groups, base);
  const lacking = references.filter((each) => record.lock().images?.[each] === undefined && !each.includes('@'));
  if (lacking.length > 0 || update)
    shown.add({
      kind: 'note',
      message: `Resolving the digests of ${countText(update ? references.length : lacking.length, 'image')} …`,
    });
  const { images, changes } = await resolveImages(
    references,
    record.lock(),
    registry,
    update ? { refresh: 'all' } : {},
  );
  for (const change of changes)
    if (change.from !== undefined)
      shown.add({ kind: 'note', message: `${tagChangeText(change)}; the new one is used.` });
  const versions: Record<string, string> = {};
  for (const architecture of new Set(groups.map(({ machine }) => machine.architecture))) {
    const name = agentVersionKey(architecture);
    const { digest } = await agent(architecture);
    const before = record.lock().versions?.[name];
    if (before !== undefined && before !== digest)
      shown.add({
        kind: 'note',
        message: `The agent for ${architecture} differs from the locked one: its images are built again.`,
      });
    versions[name] = digest;
  }
  record.update((lock) => withVersions(withImages(lock, images), versions));
}

export const tagChangeText = ({ reference, from = '', to }: TagChange): string =>
  `${reference} is ${to.slice(0, 19)}… at its registry now; the lock file has ${from.slice(0, 19)}…`;

/** Milliseconds to wait for a registry: nothing depends on its answer. */
const registryTimeoutMs = 3_000;

/** Whether tags resolve to other digests than the locked ones. */
export async function warnMovedTags(context: Context, { groups, lock }: ImageBuildInput): Promise<typeof exit.fine> {
  const shown = imageProgress(context);
  const quick = registryClient({
    credentials: dockerCredentials(context.io.env),
    timeout: registryTimeoutMs,
    patience: 0,
    mirrors: context.values.mirror ?? [],
  });
  const references = [...new Set(groups.flatMap(({ images }) => images))];
  for (const change of await findMovedTags(references, lock.lock ?? {}, quick))
    shown.add({
      kind: 'warning',
      code: 'I2K798',
      message: `${tagChangeText(change)}; the locked one is used.`,
      hint: "'i2kit image build --update' uses the new one",
    });
  shown.end();
  return exit.fine;
}
