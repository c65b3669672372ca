// Builds a machine's root from Debian packages in place of linuxkit's components: the same mounts, files and start.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cmdline } from '@i2kit/compiler/image';
import { agentFileName, type LinuxkitConfig, makeDisk } from '@i2kit/image';
import { type Containers, copyInto, layOutContainers } from './containers.ts';
import { cpioArchiveOf } from './cpio.ts';
import { type DebianPackages, runCommand } from './debian.ts';

export const efiStub = '/usr/lib/systemd/boot/efi/linuxx64.efi.stub';

/** Built into linuxkit's kernel, and modules of Debian's. */
const driverNames = [
  'squashfs',
  'overlay',
  'virtio_pci',
  'virtio_net',
  'virtio_rng',
  'button',
  'evdev',
  'nvme',
  'ext4',
];

/**
 * As linuxkit's init does it (pkg/init/cmd/rc.init/main.go), with the same mount options; then its components, one
 * after another.
 */
const rc = `#!/bin/sh
mount -t proc -o nodev,nosuid,noexec,relatime proc /proc
mount -t tmpfs -o nodev,nosuid,noexec,relatime,size=10%,mode=755 tmpfs /run
mount -t tmpfs -o nodev,nosuid,noexec,relatime,size=10%,mode=1777 tmpfs /tmp
mount -t tmpfs -o nodev,nosuid,noexec,relatime,size=50%,mode=755 tmpfs /var
mkdir -p /var/lib /var/log
mount -t devtmpfs -o nosuid,noexec,relatime,mode=755 dev /dev
mkdir -p /dev/mqueue /dev/shm /dev/pts /run/resolvconf
mount -t mqueue -o noexec,nosuid,nodev mqueue /dev/mqueue
mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 shm /dev/shm
mount -t devpts -o noexec,nosuid,gid=5,mode=0620 devpts /dev/pts
mount -t sysfs -o noexec,nosuid,nodev sysfs /sys
mount -t cgroup2 -o noexec,nosuid,nodev cgroup2 /sys/fs/cgroup
mount --make-rshared /
for module in $(cat /modules/order); do insmod /modules/$module; done
ip addr add 127.0.0.1/8 dev lo
ip link set lo up
ip link set eth0 up
udhcpc -i eth0 -q -n -s /etc/udhcpc >/dev/null
for script in /etc/init.d/*; do $script; done
`;

const udhcpc = `#!/bin/sh
[ "$1" = bound ] || exit 0
ip addr add $ip/$mask dev $interface
[ -z "$router" ] || ip route add default via $router
for server in $dns; do echo nameserver $server; done > /run/resolvconf/resolv.conf
`;

const switchRoot = `#!/bin/busybox sh
b=/bin/busybox; $b mount -t proc x /proc; $b mount -t sysfs x /sys; $b mount -t devtmpfs x /dev
for module in $($b cat /modules/order); do $b insmod /modules/$module; done
for i in 1 2 3 4 5 6 7 8 9; do disk=$($b grep -l PARTNAME=root /sys/class/block/*/uevent) && break; $b sleep 1; done
disk=\${disk%/uevent}; $b mount -t squashfs -o ro /dev/\${disk##*/} /root && exec $b switch_root /root /sbin/init
echo NO ROOT; $b poweroff -f
`;

/** Builds the disk and returns its path. */
export async function buildDebianDisk(
  debian: DebianPackages,
  images: Containers,
  config: LinuxkitConfig,
  agent: string,
  scratch: string,
): Promise<string> {
  const at = (...names: readonly string[]) => join(scratch, ...names);
  writeInitrd(debian, at('initrd'), scratch);
  copyPrograms(debian, at('root'), allFolders);
  writeStartFiles(debian, at('root'));
  copyDrivers(debian, at('root'));
  layOutContainers(at('root'), config, images, { [agentFileName]: agent });
  rmSync(at('root.sqfs'), { force: true });
  runCommand('mksquashfs', [
    at('root'),
    at('root.sqfs'),
    '-quiet',
    '-no-progress',
    '-all-root',
    '-comp',
    'zstd',
    '-Xcompression-level',
    '3',
  ]);
  const { path } = await makeDisk({
    architecture: 'amd64',
    stub: efiStub,
    kernel: debian.kernel,
    initrd: at('initrd'),
    root: at('root.sqfs'),
    // Fewer kernel messages, so that a console's tail is the agent's; and entropy, as there is none here.
    cmdline: `${cmdline} quiet random.trust_cpu=on`,
    output: at('disk.raw'),
  });
  return path;
}

/** Finds the root and starts from it: Debian's kernel has no squashfs built in. */
export function writeInitrd(debian: DebianPackages, output: string, scratch: string): void {
  const shim = join(scratch, 'shim');
  for (const folder of ['bin', 'dev', 'proc', 'sys', 'root']) mkdirSync(join(shim, folder), { recursive: true });
  copyInto(join(shim, 'bin/busybox'), debian.busybox);
  copyModules(debian, join(shim, 'modules'), ['nvme', 'squashfs']);
  writeFileSync(join(shim, 'init'), switchRoot, { mode: 0o755 });
  writeFileSync(output, cpioArchiveOf(shim));
}

export const copyDrivers = (debian: DebianPackages, root: string): void =>
  copyModules(debian, join(root, 'modules'), driverNames);

function copyModules(debian: DebianPackages, folder: string, names: readonly string[]): void {
  const paths = debian.modules(...names);
  for (const path of paths) copyInto(join(folder, basename(path)), path);
  writeFileSync(join(folder, 'order'), `${paths.map((path) => basename(path)).join('\n')}\n`);
}

/** The files that an image's first process needs, and the process itself. */
export function writeStartFiles(debian: DebianPackages, root: string): void {
  for (const folder of ['dev', 'proc', 'sys', 'run', 'tmp', 'var', 'root', 'etc', 'mnt', 'bin', 'sbin'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const applet of runCommand(debian.busybox, ['--list']).trim().split('\n')) {
    const link = join(root, applet === 'init' ? 'sbin' : 'bin', applet);
    if (!existsSync(link)) symlinkSync('/bin/busybox', link);
  }
  for (const [name, text] of Object.entries({ rc, udhcpc }))
    writeFileSync(join(root, 'etc', name), text, { mode: 0o755 });
  writeFileSync(join(root, 'etc/inittab'), '::sysinit:/etc/rc\n');
  symlinkSync('/run/resolvconf/resolv.conf', join(root, 'etc/resolv.conf'));
}

export const libraryFolders = ['lib', 'lib64', 'usr/lib'];
const allFolders = ['bin', 'sbin', 'usr/bin', 'usr/sbin', ...libraryFolders];

export function copyPrograms(debian: DebianPackages, root: string, folders: readonly string[]): void {
  for (const folder of folders) {
    mkdirSync(join(root, folder), { recursive: true });
    copyFolder(join(debian.root, folder), join(root, folder));
  }
}

/** Programs and libraries, without kernel modules and locale sources. */
function copyFolder(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    if (['modules', 'gconv', 'locale', 'audit'].includes(name)) continue;
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !/\/(gconv|audit|udev|systemd)(\/|$)/.test(path),
    });
  }
}
