// Builds a machine's disk as users do: with the real linuxkit, driven by the same code, from local archives of
// containers.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { componentsOf, efiStubComponent, imageBaseOf } from '@i2kit/compiler/image';
import { buildImage, linuxkitYaml, pinnedReference, registryClient, resolveImages } from '@i2kit/image';
import { buildStandIns } from './components.ts';
import { type Containers, linuxkitInput } from './containers.ts';
import { type DebianPackages, runCommand } from './debian.ts';

export interface LinuxkitDisk {
  readonly path: string;
  /** Whether linuxkit's own components are used, too. */
  readonly own: boolean;
}

export async function buildLinuxkitDisk(
  debian: DebianPackages,
  images: Containers,
  agent: string,
  scratch: string,
): Promise<LinuxkitDisk> {
  const folder = join(scratch, 'images');
  const cache = join(scratch, 'cache');
  const containers = join(cache, 'linuxkit');
  mkdirSync(containers, { recursive: true });
  const put = ({ path }: { path: string }) => runCommand('linuxkit', ['cache', 'import', '--cache', containers, path]);
  for (const image of [images.app, images.tools]) put(image);

  const own = await resolveComponentDigests();
  const others = own ? {} : buildStandIns(debian, scratch);
  for (const each of Object.values(others)) put(each);
  const pulled =
    own ?? Object.fromEntries(Object.entries(others).map(([reference, { digest }]) => [reference, digest]));
  const input = linuxkitInput(images, pulled);
  const build = await buildImage({
    key: 'proof',
    yaml: linuxkitYaml(input),
    architecture: 'amd64',
    boot: input.base.boot,
    agent,
    stub: pinnedReference(efiStubComponent, pulled),
    folder,
    cache,
  });
  if (!build) throw new Error('linuxkit built nothing');
  return { path: build.path, own: own !== undefined };
}

/** With linuxkit's own components, if their registry answers. */
async function resolveComponentDigests(): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const client = registryClient({ timeout: 5000, patience: 0 });
    return (await resolveImages(componentsOf(imageBaseOf()), {}, client)).images;
  } catch {
    return undefined;
  }
}
