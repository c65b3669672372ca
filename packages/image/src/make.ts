// One image's disk: configurations of its containers from their registries, linuxkit's configuration, and the build.
import { type Base, type ImageLock, stubComponent } from '@i2kit/compiler/image';
import { type Build, type BuildOptions, buildImage, finishedBuild } from './build/index.ts';
import { containerImages, linuxkitYaml, pinned } from './linuxkit/index.ts';
import type { ImageConfig, Registry } from './registry/index.ts';
import type { WantedImage } from './wanted.ts';

export interface MakeOptions extends Pick<BuildOptions, 'folder' | 'mirrors' | 'env' | 'signal' | 'onEvent'> {
  readonly lock: ImageLock;
  readonly base: Base;
  readonly registry: Registry;
  /** Path of the agent's binary for the image's architecture. */
  readonly agent: string;
}

/** A disk that was made before is found without asking anybody. Throws what `buildImage` and a registry throw. */
export async function makeImage(image: WantedImage, options: MakeOptions): Promise<Build> {
  const { lock, base, registry, folder, ...rest } = options;
  const known = await finishedBuild(folder, image.key);
  if (known) {
    options.onEvent?.({ kind: 'found', path: known.path });
    return known;
  }
  const source = { key: image.groups[0] ?? image.key, images: image.images, machine: { architecture: image.architecture } };
  const configs: Record<string, ImageConfig> = {};
  for (const { digest, references } of containerImages(source, lock.images))
    configs[digest] = await registry.config(pinned(references[0] ?? '', lock.images), image.architecture);
  const yaml = linuxkitYaml({ group: source, lock, base, configs });
  const build = await buildImage({
    ...rest,
    key: image.key,
    yaml,
    architecture: image.architecture,
    boot: base.boot,
    folder,
    stub: base.boot === 'uefi' ? pinned(stubComponent, lock.images) : '',
  });
  if (!build) throw new Error('a build that is not a rehearsal gave nothing');
  return build;
}
