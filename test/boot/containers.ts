// The container images of the boot tests: three images built here, laid out as in an image of i2kit.
import { chmodSync, copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { components, type Digests, imageBaseOf } from '@i2kit/compiler/image';
import { type ImageConfig, type LinuxkitConfig, type LinuxkitConfigInput, machinePaths } from '@i2kit/image';
import { type DebianPackages, runCommand } from './debian.ts';
import { baseImageConfig, type OciArchive, writeOciArchive } from './ociArchive.ts';

export interface Container extends OciArchive {
  readonly reference: string;
  readonly config: ImageConfig;
  /** Its root file system. */
  readonly folder: string;
}

export interface Containers {
  /** Referenced by a tag: found through the index. */
  readonly app: Container;
  /** Referenced by its digest. */
  readonly tools: Container;
}

export function buildContainers(debian: DebianPackages, scratch: string): Containers {
  const [app, tools] = [join(scratch, 'app'), join(scratch, 'tools')];
  for (const root of [app, tools])
    for (const folder of ['bin', 'etc', 'dev', 'proc', 'sys', 'tmp'])
      mkdirSync(join(root, folder), { recursive: true });
  runCommand(
    'go',
    ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(app, 'bin/app'), '.'],
    join(import.meta.dirname, 'app'),
    {
      CGO_ENABLED: '0',
      GOFLAGS: '',
    },
  );
  writeFileSync(join(app, 'etc/passwd'), 'root:x:0:0::/:\nweb:x:1000:1001::/:\n');
  copyInto(join(tools, 'bin/busybox'), debian.busybox);
  for (const applet of ['sh', 'test', 'touch', 'sleep', 'cat']) symlinkSync('busybox', join(tools, 'bin', applet));
  const made = (name: string, folder: string, more: Partial<ImageConfig>) => {
    const whole = { ...baseImageConfig, ...more };
    return { ...writeOciArchive(name, folder, whole, scratch), config: whole, folder };
  };
  const env = [...baseImageConfig.env, 'FROM_IMAGE=yes', 'GREETING=overridden'];
  const busybox = made('registry.example.com/tools', tools, { cmd: ['sh'] });
  return {
    app: {
      ...made('registry.example.com/app', app, { env, entrypoint: ['/bin/app'], user: 'web' }),
      reference: 'registry.example.com/app:1.0',
    },
    tools: { ...busybox, reference: `registry.example.com/tools@${busybox.digest}` },
  };
}

/** The linuxkit configuration of an image with these containers. */
export function linuxkitInput({ app, tools }: Containers, pulled: Digests = nothingPulled()): LinuxkitConfigInput {
  const all = [app, tools];
  return {
    group: {
      key: 'Deployment/default/web',
      machine: { architecture: 'amd64' as const },
      images: all.map(({ reference }) => reference),
    },
    base: imageBaseOf(),
    lock: { images: { ...pulled, ...Object.fromEntries(all.map(({ reference, digest }) => [reference, digest])) } },
    configs: Object.fromEntries(all.map((each) => [each.digest, each.config])),
  };
}

/** Without linuxkit, its components are not pulled, and their digests are not used. */
const nothingPulled = (): Digests =>
  Object.fromEntries(Object.values(components).map((reference) => [reference, `sha256:${'0'.repeat(64)}`]));

/** Applies a configuration's volumes and files to a folder, as linuxkit does. */
export function layOutContainers(
  root: string,
  { volumes, files }: LinuxkitConfig,
  images: Containers,
  sources: Readonly<Record<string, string>>,
): void {
  for (const { name } of volumes) {
    const image = [images.app, images.tools].find(({ digest }) => machinePaths.digestHex(digest) === name);
    if (image)
      cpSync(image.folder, join(root, machinePaths.volumePath(name)), { recursive: true, verbatimSymlinks: true });
  }
  for (const { path, mode, contents, source, symlink } of files) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    if (symlink !== undefined) symlinkSync(symlink, target);
    else if (source !== undefined) copyInto(target, sources[source] ?? source);
    else writeFileSync(target, contents ?? '');
    if (symlink === undefined) chmodSync(target, Number.parseInt(mode, 8));
  }
}

export function copyInto(target: string, from: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(from, target);
  chmodSync(target, target.includes('/bin/') || target.includes('sbin/') ? 0o755 : 0o644);
}
