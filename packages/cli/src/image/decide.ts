// Which content images are made of: digests of tags and the agent's own, into the lock.
import { agentVersion } from '@i2kit/compiler/image';
import { allReferences, resolveImages, type TagChange, withImages, withVersions } from '@i2kit/image';
import type { ImageInput } from '../image-ports.ts';
import { count } from '../text.ts';
import type { Workshop } from './workshop.ts';

/** What is locked stays, unless `update`. */
export async function decide({ groups, base }: ImageInput, { record, registry, shown, agent }: Workshop, update: boolean): Promise<void> {
  const references = allReferences(groups, base);
  const lacking = references.filter((each) => record.lock().images?.[each] === undefined && !each.includes('@'));
  if (lacking.length > 0 || update)
    shown.add({
      kind: 'note',
      message: `Asking registries for the digests of ${count(update ? references.length : lacking.length, 'image')} …`,
    });
  const { images, changes } = await resolveImages(references, record.lock(), registry, update ? { refresh: 'all' } : {});
  for (const change of changes) if (change.from !== undefined) shown.add({ kind: 'note', message: `${moved(change)}, and is taken.` });
  const versions: Record<string, string> = {};
  for (const architecture of new Set(groups.map(({ machine }) => machine.architecture))) {
    const name = agentVersion(architecture);
    const { digest } = await agent(architecture);
    const before = record.lock().versions?.[name];
    if (before !== undefined && before !== digest)
      shown.add({ kind: 'note', message: `The agent for ${architecture} is another one than in the lock: its images are made anew.` });
    versions[name] = digest;
  }
  record.change((lock) => withVersions(withImages(lock, images), versions));
}

export const moved = ({ reference, from = '', to }: TagChange): string =>
  `${reference} is ${to.slice(0, 19)}… at its registry now; locked was ${from.slice(0, 19)}…`;
