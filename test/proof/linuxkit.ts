// A machine's disk as users get it: the real linuxkit, driven by the same code, from containers that lie here as archives.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { baseOf, componentsOf, stubComponent } from '@i2kit/compiler/image';
import { buildImage, linuxkitYaml, pinned, registry, resolveImages } from '@i2kit/image';
import { standIns } from './components.ts';
import { type Debian, run } from './debian.ts';
import { type Containers, configuration } from './images.ts';

export interface LinuxkitDisk {
  readonly path: string;
  /** Whether the components, too, are linuxkit's. */
  readonly own: boolean;
}

export async function linuxkitDisk(debian: Debian, images: Containers, agent: string, scratch: string): Promise<LinuxkitDisk> {
  const folder = join(scratch, 'images');
  const cache = join(folder, 'cache');
  mkdirSync(cache, { recursive: true });
  const put = ({ path }: { path: string }) => run('linuxkit', ['cache', 'import', '--cache', cache, path]);
  for (const image of [images.app, images.tools]) put(image);

  const own = await digests();
  const others = own ? {} : standIns(debian, scratch);
  for (const each of Object.values(others)) put(each);
  const pulled = own ?? Object.fromEntries(Object.entries(others).map(([reference, { digest }]) => [reference, digest]));
  const input = configuration(images, pulled);
  const build = await buildImage({
    key: 'proof',
    yaml: linuxkitYaml(input),
    architecture: 'amd64',
    boot: input.base.boot,
    agent,
    stub: pinned(stubComponent, pulled),
    folder,
  });
  if (!build) throw new Error('linuxkit built nothing');
  return { path: build.path, own: own !== undefined };
}

/** Of linuxkit's own components, where their registry answers. */
async function digests(): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const client = registry({ timeout: 5000, patience: 0 });
    return (await resolveImages(componentsOf(baseOf()), {}, client)).images;
  } catch {
    return undefined;
  }
}
