// Downloads and unpacks Debian packages as parts of a machine, without installing them; cached in .cache while they
// are current.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The programs of linuxkit's own components: a shell, runc, file system tools, and their libraries. */
const userland = [
  'busybox-static',
  'runc',
  'libseccomp2',
  'libc6',
  'e2fsprogs',
  'libext2fs2',
  'libcom-err2',
  'libblkid1',
  'libuuid1',
  'libss2',
];

export interface DebianPackages {
  /** Folder of all packages' files. */
  readonly root: string;
  readonly kernel: string;
  readonly busybox: string;
  /** Paths of kernel modules, each after those that it needs. */
  modules(...names: readonly string[]): readonly string[];
}

export function fetchDebianPackages(): DebianPackages {
  const image =
    /linux-image-[\d.]+\S+/.exec(runCommand('apt-cache', ['depends', 'linux-image-cloud-amd64']))?.[0] ??
    'linux-image-cloud-amd64';
  const packages = [image, ...userland];
  const addresses = runCommand('apt-get', ['download', '--print-uris', ...packages]);
  const root = join(
    import.meta.dirname,
    '../../.cache/proof',
    createHash('sha256').update(addresses).digest('hex').slice(0, 16),
  );
  if (!existsSync(join(root, 'complete'))) unpackPackages(root, packages);
  const version = readdirSync(join(root, 'lib/modules'))[0] ?? '';
  const folder = join(root, 'lib/modules', version);
  const needs = new Map(
    readFileSync(join(folder, 'modules.dep'), 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([path = '', others = '']) => [path, others.trim().split(' ').filter(Boolean)] as const),
  );
  const withNeeds = (path: string): string[] => [...(needs.get(path) ?? []).flatMap(withNeeds), path];
  return {
    root,
    kernel: join(root, 'boot', `vmlinuz-${version}`),
    busybox: join(root, 'bin/busybox'),
    modules(...names) {
      const paths = names.flatMap((name) =>
        [...needs.keys()].filter((path) => path.endsWith(`/${name}.ko`)).flatMap(withNeeds),
      );
      return [...new Set(paths)].map((path) => join(folder, path));
    },
  };
}

function unpackPackages(root: string, packages: readonly string[]): void {
  rmSync(root, { recursive: true, force: true });
  const archives = join(root, 'archives');
  mkdirSync(archives, { recursive: true });
  runCommand('apt-get', ['download', '-qq', ...packages], archives);
  for (const each of readdirSync(archives)) runCommand('dpkg-deb', ['-x', each, root], archives);
  rmSync(archives, { recursive: true });
  runCommand('depmod', ['-b', root, readdirSync(join(root, 'lib/modules'))[0] ?? '']);
  writeFileSync(join(root, 'complete'), '');
}

/** Debian keeps some tools on root's PATH only. */
const searchPath = `${process.env['PATH']}:/usr/sbin:/sbin`;

export const hasTool = (name: string): boolean =>
  searchPath.split(':').some((folder) => existsSync(join(folder, name)));

export function runCommand(
  command: string,
  args: readonly string[],
  cwd?: string,
  env: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, PATH: searchPath, ...env },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}
