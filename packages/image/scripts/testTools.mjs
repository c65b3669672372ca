#!/usr/bin/env node
// Sets up the tools of this package's tests: Debian's disk tools, and a registry in `.cache/`. Reports the missing
// ones.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const cache = join(root, '.cache/image-judges');
const craneModule = 'github.com/google/go-containerregistry/cmd/crane@v0.20.6';

const tools = {
  sgdisk: 'gdisk',
  'fsck.vfat': 'dosfstools',
  mksquashfs: 'squashfs-tools',
  unsquashfs: 'squashfs-tools',
  objdump: 'binutils',
};
const bootTools = { 'qemu-system-x86_64': 'qemu-system-x86', depmod: 'kmod' };
const bootFiles = {
  '/usr/share/OVMF/OVMF_CODE_4M.fd': 'ovmf',
  '/usr/lib/systemd/boot/efi/linuxx64.efi.stub': 'systemd-boot-efi',
};

/** Debian installs some of them in folders that only root's PATH contains. */
const searchPath = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', join(cache, 'bin')];
export const find = (tool) => searchPath.map((folder) => join(folder, tool)).find((path) => existsSync(path));

/** `{ have, missing }`: paths by tool, and one sentence for each missing tool. */
export function ensureTestTools({ boot = false } = {}) {
  const wanted = { ...tools, ...(boot ? bootTools : {}) };
  const files = boot ? bootFiles : {};
  const packages = new Set([
    ...Object.entries(wanted)
      .filter(([tool]) => !find(tool))
      .map(([, name]) => name),
    ...Object.entries(files)
      .filter(([path]) => !existsSync(path))
      .map(([, name]) => name),
  ]);
  const problem = packages.size > 0 ? installed([...packages]) : undefined;
  const crane = find('crane') ? undefined : craneInstalled();
  const have = Object.fromEntries(
    [...Object.keys(wanted), 'crane'].map((tool) => [tool, find(tool)]).filter(([, path]) => path),
  );
  const missing = [
    ...Object.entries(wanted)
      .filter(([tool]) => !find(tool))
      .map(([tool, name]) => `${tool} (package ${name}): ${problem ?? 'not in the package'}`),
    ...Object.entries(files)
      .filter(([path]) => !existsSync(path))
      .map(([path, name]) => `${path} (package ${name}): ${problem ?? 'not in the package'}`),
    ...(find('crane') ? [] : [`crane: ${crane}`]),
  ];
  return { have, missing };
}

/** Undefined on success, else the reason. */
function installed(packages) {
  if (!find('apt-get')) return `this system has no apt-get; install ${packages.join(', ')} manually`;
  if (process.getuid?.() !== 0) return `only root can install: apt-get install ${packages.join(' ')}`;
  process.stderr.write(`image judges: apt-get install ${packages.join(' ')}\n`);
  const install = () => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  // The package lists may be outdated or missing: updated only then, because that takes longest.
  const first = install();
  return first === undefined ? undefined : (run('apt-get', ['update', '-qq']) ?? install());
}

function craneInstalled() {
  if (!find('go')) return "the tests' registry is built with Go, and go is not on PATH";
  const bin = join(cache, 'bin');
  mkdirSync(bin, { recursive: true });
  process.stderr.write('image judges: building the registry for tests (once)\n');
  return run('go', ['install', craneModule], { GOBIN: bin });
}

function run(command, args, env = {}) {
  const { status, stderr, error } = spawnSync(find(command) ?? command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...env },
  });
  if (status === 0) return undefined;
  return `${command} ${args[0]} failed: ${(error?.message ?? stderr).trim().split('\n').slice(-3).join(' / ')}`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const result = ensureTestTools({ boot: process.argv.includes('--boot') });
  for (const one of result.missing)
    process.stderr.write(`image judges: missing ${one}; tests that need it are skipped\n`);
  // A test whose tool is missing is skipped with a message; `--strict` makes it fail.
  if (result.missing.length > 0 && process.argv.includes('--strict')) process.exitCode = 1;
}
