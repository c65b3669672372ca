// The containers of the proof: three images made here, which lie in a machine exactly as an image of ours lays them.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baseOf, components } from '@i2kit/compiler/image';
import { type ImageConfig, type LinuxkitConfig, linuxkitConfig } from '@i2kit/image';
import { type Debian, run } from './debian.ts';

export interface Container {
  readonly reference: string;
  readonly digest: string;
  readonly config: ImageConfig;
  /** Path in the image → path here. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Containers {
  /** Named by a tag: found through the index. */
  readonly app: Container;
  /** Named by its digest. */
  readonly tools: Container;
}

const config: ImageConfig = {
  architecture: 'amd64',
  os: 'linux',
  env: ['PATH=/bin'],
  entrypoint: [],
  cmd: [],
  user: '',
  workingDir: '',
  stopSignal: '',
};

export function containers(debian: Debian, scratch: string): Containers {
  const app = join(scratch, 'app');
  run('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', app, '.'], join(import.meta.dirname, 'app'), {
    CGO_ENABLED: '0',
    GOFLAGS: '',
  });
  const passwd = join(scratch, 'passwd');
  writeFileSync(passwd, 'root:x:0:0::/:\nweb:x:1000:1001::/:\n');
  const digestOf = (...paths: readonly string[]) =>
    `sha256:${createHash('sha256')
      .update(paths.map((path) => readFileSync(path, 'latin1')).join('\n'))
      .digest('hex')}`;
  const tools = digestOf(debian.busybox);
  return {
    app: {
      reference: 'registry.example.com/app:1.0',
      digest: digestOf(app, passwd),
      config: { ...config, env: [...config.env, 'FROM_IMAGE=yes', 'GREETING=overridden'], entrypoint: ['/bin/app'], user: 'web' },
      files: { 'bin/app': app, 'etc/passwd': passwd },
    },
    tools: {
      reference: `registry.example.com/tools@${tools}`,
      digest: tools,
      config: { ...config, cmd: ['sh'] },
      files: { 'bin/busybox': debian.busybox },
    },
  };
}

/** What linuxkit would be told for an image of these. Its own components are not pulled here, so their digests stand for nothing. */
export function configuration({ app, tools }: Containers): LinuxkitConfig {
  const all = [app, tools];
  const group = {
    key: 'Deployment/default/web',
    machine: { architecture: 'amd64' as const },
    images: all.map(({ reference }) => reference),
  };
  const pulled = Object.values(components).map((reference) => [reference, `sha256:${'0'.repeat(64)}`] as const);
  return linuxkitConfig({
    group,
    base: baseOf(),
    lock: { images: Object.fromEntries([...pulled, ...all.map(({ reference, digest }) => [reference, digest] as const)]) },
    configs: Object.fromEntries(all.map((each) => [each.digest, each.config])),
  });
}

/** Does with a configuration's volumes and files what linuxkit does, in a folder. */
export function layOut(
  root: string,
  { volumes, files }: LinuxkitConfig,
  images: Containers,
  sources: Readonly<Record<string, string>>,
): void {
  for (const { name } of volumes) {
    const lower = join(root, 'containers/volumes', name, 'lower');
    const image = [images.app, images.tools].find(({ digest }) => digest.endsWith(name));
    for (const folder of ['bin', 'etc', 'dev', 'proc', 'sys', 'tmp']) mkdirSync(join(lower, folder), { recursive: true });
    for (const [path, from] of Object.entries(image?.files ?? {})) put(join(lower, path), from);
    if (image === images.tools)
      for (const applet of ['sh', 'test', 'touch', 'sleep', 'cat']) symlinkSync('busybox', join(lower, 'bin', applet));
  }
  for (const { path, mode, contents, source, symlink } of files) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    if (symlink !== undefined) symlinkSync(symlink, target);
    else if (source !== undefined) put(target, sources[source] ?? source);
    else writeFileSync(target, contents ?? '');
    if (symlink === undefined) chmodSync(target, Number.parseInt(mode, 8));
  }
}

export function put(target: string, from: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(from, target);
  chmodSync(target, target.includes('/bin/') || target.includes('sbin/') ? 0o755 : 0o644);
}
