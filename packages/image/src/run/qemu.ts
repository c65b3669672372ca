// QEMU arguments of a machine like EC2's: UEFI, NVMe disks with their volumes' ids, and a network with the metadata
// service.
import type { Architecture } from '../architecture.ts';
import type { Firmware } from './firmware.ts';

export interface QemuOptions {
  readonly architecture: Architecture;
  readonly boot: 'uefi' | 'bios';
  /** Absent for `bios`. */
  readonly firmware?: Firmware;
  /** The image's disk; never written to. */
  readonly disk: string;
  /** Raw disks by their volumes' ids, `vol-…`. */
  readonly volumes: readonly { readonly id: string; readonly path: string }[];
  /** MiB. */
  readonly memory: number;
  readonly cpus: number;
  /** `auto`: KVM or Apple's hypervisor if available, else emulation. */
  readonly accelerator: Accelerator;
  readonly host: { readonly platform: string; readonly arch: string };
  readonly ports: readonly { readonly host: number; readonly guest: number }[];
  /** Commands whose input and output are a connection to the metadata service and to the AWS endpoint. */
  readonly metadataCommand: string;
  readonly awsCommand: string;
  /** False: the machine reaches only those two. */
  readonly internet: boolean;
  /** Path of the socket that controls the power button. */
  readonly qmpSocket: string;
}

export type Accelerator = 'auto' | 'kvm' | 'hvf' | 'tcg';

/** The machine's address; in the network of the metadata service, so that QEMU can provide both. */
export const guestAddress = '169.254.169.15';
const metadataAddress = '169.254.169.254';
/** A separate address: containers cannot reach the metadata's. */
const fakeAwsAddress = '169.254.169.250';
const fakeAwsPort = 5701;
export const fakeAwsEndpoint = `http://${fakeAwsAddress}:${fakeAwsPort}`;

export const qemuProgram = (architecture: Architecture): string =>
  architecture === 'amd64' ? 'qemu-system-x86_64' : 'qemu-system-aarch64';

export function qemuArguments(options: QemuOptions): string[] {
  const { architecture, firmware, disk, volumes, memory, cpus, qmpSocket: control } = options;
  const pflash = (unit: number, path: string, more = '') =>
    `if=pflash,format=raw,unit=${unit},file=${escapedValue(path)}${more}`;
  return [
    ...['-machine', architecture === 'amd64' ? 'q35' : 'virt'],
    ...acceleratorNames(options).flatMap((name) => ['-accel', name]),
    ...['-cpu', 'max', '-smp', String(cpus), '-m', String(memory)],
    ...['-display', 'none', '-no-reboot', '-monitor', 'none', '-serial', 'stdio'],
    ...(firmware ? ['-drive', pflash(0, firmware.code, ',readonly=on'), '-drive', pflash(1, firmware.variables)] : []),
    // EC2's own names: the first NVMe disk is the image's.
    ...['-drive', `if=none,id=root,format=raw,snapshot=on,file=${escapedValue(disk)}`],
    ...['-device', 'nvme,drive=root,serial=vol00000000000000000,bootindex=0'],
    ...volumes.flatMap(({ id, path }, index) => [
      ...['-drive', `if=none,id=volume${index},format=raw,file=${escapedValue(path)}`],
      ...['-device', `nvme,drive=volume${index},serial=${id.replace('-', '')}`],
    ]),
    ...['-netdev', networkOption(options), '-device', 'virtio-net-pci,netdev=net'],
    ...['-device', 'virtio-rng-pci'],
    ...['-qmp', `unix:${escapedValue(control)},server=on,wait=off`],
  ];
}

/** QEMU uses the first available one. */
function acceleratorNames({ accelerator, architecture, host }: QemuOptions): readonly string[] {
  if (accelerator !== 'auto') return [accelerator];
  const native = host.arch === (architecture === 'amd64' ? 'x64' : 'arm64');
  const fast = host.platform === 'darwin' ? ['hvf'] : host.platform === 'linux' ? ['kvm'] : [];
  return [...(native ? fast : []), 'tcg'];
}

function networkOption({ internet, ports, metadataCommand, awsCommand }: QemuOptions): string {
  return [
    'user,id=net',
    `restrict=${internet ? 'off' : 'on'}`,
    'net=169.254.169.0/24',
    `dhcpstart=${guestAddress}`,
    ...ports.map(({ host, guest }) => `hostfwd=tcp:127.0.0.1:${host}-${guestAddress}:${guest}`),
    // Not to an address: QEMU would serve only one connection.
    `guestfwd=tcp:${metadataAddress}:80-cmd:${escapedValue(metadataCommand)}`,
    `guestfwd=tcp:${fakeAwsAddress}:${fakeAwsPort}-cmd:${escapedValue(awsCommand)}`,
  ].join(',');
}

/** A comma in a value is written twice. */
const escapedValue = (text: string): string => text.replaceAll(',', ',,');
