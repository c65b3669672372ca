// A disk of ours really boots: Debian's kernel and busybox under QEMU with UEFI firmware. Slow, so only with I2KIT_TEST_BOOT=1.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { makeDisk } from '../../src/disk/index.ts';
import { cpioOf } from '../support/cpio.ts';
import { scratch } from '../support/folder.ts';
import { find, judge, testWith } from '../support/judges.ts';

const at = scratch();
const stub = '/usr/lib/systemd/boot/efi/linuxx64.efi.stub';
const firmware = '/usr/share/OVMF';
const needed = ['qemu-system-x86_64', 'mksquashfs', 'apt-get', 'dpkg-deb', stub, `${firmware}/OVMF_CODE_4M.fd`];
const slow = process.env['I2KIT_TEST_BOOT'] === '1' ? testWith(...needed) : test.skip;
if (process.env['I2KIT_TEST_BOOT'] !== '1') process.stderr.write('SKIPPED: no disk is booted without I2KIT_TEST_BOOT=1\n');

const run = (command: string, args: readonly string[], cwd: string): Buffer => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
};

/** Kernel, its squashfs module, and busybox, from Debian's packages. */
function debian(): { kernel: string; modules: string[]; busybox: string } {
  mkdirSync(at('debian'));
  const name =
    /linux-image-[\w.-]+/.exec(run('apt-cache', ['depends', 'linux-image-cloud-amd64'], at()).toString().split('Depends:')[1] ?? '')?.[0] ??
    '';
  run('apt-get', ['download', '-qq', name, 'busybox-static'], at('debian'));
  for (const each of readdirSync(at('debian')).filter((file) => file.endsWith('.deb'))) run('dpkg-deb', ['-x', each, '.'], at('debian'));
  const kernel = readdirSync(at('debian/boot')).find((file) => file.startsWith('vmlinuz')) ?? '';
  const modules = `${at('debian/lib/modules')}/${kernel.replace('vmlinuz-', '')}/kernel/fs/squashfs/squashfs.ko`;
  return { kernel: at('debian/boot', kernel), modules: [modules], busybox: at('debian/bin/busybox') };
}

/** An initrd that loads squashfs, finds the partition by the GUID on the command line, and hands over. */
function shim(busybox: string, modules: readonly string[]): void {
  for (const folder of ['bin', 'dev', 'proc', 'sys', 'root']) mkdirSync(at('shim', folder), { recursive: true });
  copyFileSync(busybox, at('shim/bin/busybox'));
  for (const module of modules) copyFileSync(module, at('shim/squashfs.ko'));
  const script = [
    '#!/bin/busybox sh',
    'b=/bin/busybox; $b mount -t proc x /proc; $b mount -t sysfs x /sys; $b mount -t devtmpfs x /dev',
    '$b insmod /squashfs.ko',
    'for i in 1 2 3 4 5; do disk=$($b grep -l PARTNAME=root /sys/class/block/*/uevent) && break; $b sleep 1; done',
    'disk=${disk%/uevent}; $b mount -t squashfs -o ro /dev/${disk##*/} /root && exec $b switch_root /root /init',
    'echo NO ROOT; $b poweroff -f',
  ];
  writeFileSync(at('shim/init'), `${script.join('\n')}\n`, { mode: 0o755 });
  writeFileSync(at('initrd'), cpioOf(at('shim')));
}

function squashfs(busybox: string): void {
  for (const folder of ['bin', 'dev', 'proc']) mkdirSync(at('root', folder), { recursive: true });
  copyFileSync(busybox, at('root/bin/busybox'));
  symlinkSync('busybox', at('root/bin/sh'));
  writeFileSync(
    at('root/init'),
    '#!/bin/sh\n/bin/busybox mount -t proc x /proc\necho "UP FROM $(/bin/busybox cat /proc/cmdline)"\n/bin/busybox poweroff -f\n',
    { mode: 0o755 },
  );
  expect(judge('mksquashfs', at('root'), at('root.sqfs'), '-quiet', '-comp', 'zstd').code).toBe(0);
}

function boot(disk: string): Promise<string> {
  copyFileSync(`${firmware}/OVMF_VARS_4M.fd`, at('vars.fd'));
  const args = [
    '-M',
    'q35',
    '-accel',
    'tcg,thread=multi',
    '-cpu',
    'max',
    '-smp',
    '2',
    '-m',
    '256',
    '-display',
    'none',
    '-no-reboot',
    '-monitor',
    'none',
    '-drive',
    `if=pflash,format=raw,unit=0,readonly=on,file=${firmware}/OVMF_CODE_4M.fd`,
    '-drive',
    `if=pflash,format=raw,unit=1,file=${at('vars.fd')}`,
    '-drive',
    `if=none,id=d0,format=raw,snapshot=on,file=${disk}`,
    '-device',
    'nvme,drive=d0,serial=vol01,bootindex=0',
    '-nic',
    'none',
    '-serial',
    `file:${at('console')}`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(find('qemu-system-x86_64') ?? '', args, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 90_000);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(readFileSync(at('console'), 'latin1'));
    });
  });
}

slow(
  'the firmware starts it, and the kernel finds its root',
  async () => {
    const { kernel, modules, busybox } = debian();
    shim(busybox, modules);
    squashfs(busybox);
    const cmdline = 'console=ttyS0 panic=1 random.trust_cpu=on';
    const disk = await makeDisk({
      architecture: 'amd64',
      stub,
      kernel,
      initrd: at('initrd'),
      root: at('root.sqfs'),
      cmdline,
      output: at('disk.raw'),
    });
    const started = performance.now();
    const seen = await boot(disk.path);
    process.stderr.write(`booted to power-off in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    expect(seen).toContain(`UP FROM ${disk.cmdline}`);
  },
  150_000,
);
