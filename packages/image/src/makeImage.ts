// Makes one image's disk: configurations of its containers from their registries, linuxkit's configuration, and the
// build.
import { efiStubComponent, type ImageBase, type ImageLock } from '@i2kit/compiler/image';
import { type BuildOptions, type BuiltDisk, buildImage, findFinishedBuild } from './build/index.ts';
import { containerImages, linuxkitYaml, pinnedReference } from './build/linuxkit/index.ts';
import type { ImageConfig, RegistryClient } from './registry/index.ts';
import type { RequiredImage } from './requiredImages.ts';

export interface MakeImageOptions
  extends Pick<BuildOptions, 'folder' | 'cache' | 'mirrors' | 'env' | 'signal' | 'onEvent'> {
  readonly lock: ImageLock;
  readonly base: ImageBase;
  readonly registry: RegistryClient;
  /** Path of the agent's binary for the image's architecture. */
  readonly agent: string;
}

/** An existing disk is found without requests. Throws the errors of `buildImage` and of a registry. */
export async function makeImage(image: RequiredImage, options: MakeImageOptions): Promise<BuiltDisk> {
  const { lock, base, registry, ...rest } = options;
  const known = await findFinishedBuild(options, image.key);
  if (known) {
    options.onEvent?.({ kind: 'found', path: known.path });
    return known;
  }
  const source = {
    key: image.groups[0] ?? image.key,
    images: image.images,
    machine: { architecture: image.architecture },
  };
  const configs: Record<string, ImageConfig> = {};
  for (const { digest, references } of containerImages(source, lock.images))
    configs[digest] = await registry.config(pinnedReference(references[0] ?? '', lock.images), image.architecture);
  const yaml = linuxkitYaml({ group: source, lock, base, configs });
  const build = await buildImage({
    ...rest,
    key: image.key,
    yaml,
    architecture: image.architecture,
    boot: base.boot,
    stub: base.boot === 'uefi' ? pinnedReference(efiStubComponent, lock.images) : '',
  });
  if (!build) throw new Error('a build that is not a dry run returned nothing');
  return build;
}
