// Runs one machine: QEMU with UEFI firmware, emulated, on a network that contains only the metadata service and the
// AWS emulator.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MetadataService, startMetadataService } from './metadata.ts';

export const firmwareFolder = '/usr/share/OVMF';
/** The machine's own address, and that of AWS. */
export const machineAddress = '169.254.169.15';
export const awsAddress = 'http://169.254.169.250:5701';

export interface Volume {
  readonly id: string;
  readonly file: string;
}

export interface MachineOptions {
  readonly instance: string;
  readonly disk: string;
  readonly userData: string;
  /** Port of the AWS emulator on this computer. */
  readonly awsPort: number;
  readonly busybox: string;
  /** Folder for this machine's files. */
  readonly folder: string;
}

export interface Machine {
  readonly instance: string;
  /** Local ports of the pod's port 8080, and of the readiness endpoint. */
  readonly url: string;
  readonly readiness: string;
  readonly consoleFile: string;
  readonly metadata: MetadataService;
  readonly began: number;
  console(): string;
  /** Undefined while it runs. */
  exit(): number | null | undefined;
  /** Waits for a line of the console. */
  said(text: string | RegExp, seconds?: number): Promise<void>;
  /** Attaches a disk while it runs, as EC2 does with a volume. */
  plug(volume: Volume): Promise<void>;
  pressPower(): Promise<void>;
  /** QEMU's exit code after the machine has powered off. */
  off(seconds?: number): Promise<number | null>;
  kill(): Promise<void>;
}

export async function bootMachine(options: MachineOptions): Promise<Machine> {
  const at = (name: string) => join(options.folder, name);
  mkdirSync(options.folder, { recursive: true });
  const [web, ready] = [await findFreePort(), await findFreePort()];
  const metadata = await startMetadataService({
    'user-data': options.userData,
    'meta-data/instance-id': options.instance,
    'meta-data/local-ipv4': machineAddress,
    'meta-data/placement/region': 'eu-west-1',
    'meta-data/iam/security-credentials/': 'machine',
    'meta-data/iam/security-credentials/machine': JSON.stringify({
      Code: 'Success',
      // An account number, which the AWS emulator takes for the account.
      AccessKeyId: '123456789012',
      SecretAccessKey: 'none',
      Token: 'none',
      Expiration: '2099-01-01T00:00:00Z',
    }),
  });
  copyFileSync(`${firmwareFolder}/OVMF_VARS_4M.fd`, at('vars.fd'));
  const forward = (host: string, port: number) => `guestfwd=tcp:${host}-cmd:${options.busybox} nc 127.0.0.1 ${port}`;
  const network = [
    // Without `restrict` the guest's packets would reach real addresses.
    'user,id=n0,restrict=on,net=169.254.169.0/24,dhcpstart=169.254.169.15',
    `hostfwd=tcp:127.0.0.1:${web}-:8080`,
    `hostfwd=tcp:127.0.0.1:${ready}-:10256`,
    forward('169.254.169.254:80', metadata.port),
    forward('169.254.169.250:5701', options.awsPort),
  ].join(',');
  const args = [
    ...[
      '-M',
      'q35',
      '-accel',
      'tcg,thread=multi',
      '-cpu',
      'max',
      '-smp',
      '2',
      '-m',
      '384',
      '-display',
      'none',
      '-no-reboot',
      '-monitor',
      'none',
    ],
    ...[
      '-drive',
      `if=pflash,format=raw,unit=0,readonly=on,file=${firmwareFolder}/OVMF_CODE_4M.fd`,
      '-drive',
      `if=pflash,format=raw,unit=1,file=${at('vars.fd')}`,
    ],
    ...[
      '-drive',
      `if=none,id=d0,format=raw,snapshot=on,file=${options.disk}`,
      '-device',
      'nvme,drive=d0,serial=vol01,bootindex=0',
    ],
    // A device plugged in later needs a port of its own.
    ...['-device', 'pcie-root-port,id=bay,chassis=1'],
    ...['-netdev', network, '-device', 'virtio-net-pci,netdev=n0,romfile=', '-device', 'virtio-rng-pci'],
    ...['-serial', `file:${at('console')}`, '-qmp', `unix:${at('qmp')},server=on,wait=off`],
  ];
  const began = performance.now();
  const child = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  let exit: number | null | undefined;
  const ended = once(child, 'close').then(async ([code]) => {
    exit = code as number | null;
    await metadata.stop();
    return code as number | null;
  });
  const console = () => {
    try {
      return complaint + readFileSync(at('console'), 'utf8');
    } catch {
      return complaint;
    }
  };
  const machine: Machine = {
    instance: options.instance,
    url: `http://127.0.0.1:${web}`,
    readiness: `http://127.0.0.1:${ready}/`,
    consoleFile: at('console'),
    metadata,
    began,
    console,
    exit: () => exit,
    async said(text, seconds) {
      await waitUntil(
        `the console says ${text}`,
        () => (typeof text === 'string' ? console().includes(text) : text.test(console())),
        machine,
        seconds,
      );
    },
    async plug({ id, file }) {
      await sendQmp(at('qmp'), 'blockdev-add', {
        driver: 'raw',
        'node-name': 'volume',
        file: { driver: 'file', filename: file },
      });
      await sendQmp(at('qmp'), 'device_add', {
        driver: 'nvme',
        id: 'disk',
        drive: 'volume',
        serial: id.replace('-', ''),
        bus: 'bay',
      });
    },
    pressPower: () => sendQmp(at('qmp'), 'system_powerdown'),
    async off(seconds = 120) {
      const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
      return ended.finally(() => clearTimeout(timer));
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
  return machine;
}

const lastLines = 60;

/** Waits for a condition; patiently, as machines are slow on a busy computer, but not once the machine has ended. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  machine?: Machine,
  seconds = 180,
): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await holds()); await sleep(100)) {
    const gone = machine?.exit() !== undefined;
    if (!gone && Date.now() < deadline) continue;
    const tail = machine?.console().split('\n').slice(-lastLines).join('\n') ?? '';
    throw new Error(`${gone ? 'the machine ended before' : `not within ${seconds} s`}: ${what}\n${tail}`);
  }
}

/** QEMU's protocol: a greeting, a handshake, a command. Events stand between the answers. */
async function sendQmp(path: string, order: string, args?: object): Promise<void> {
  const socket = connect(path);
  try {
    const lines = createInterface(socket)[Symbol.asyncIterator]();
    await lines.next();
    for (const message of [{ execute: 'qmp_capabilities' }, { execute: order, ...(args && { arguments: args }) }]) {
      socket.write(`${JSON.stringify(message)}\n`);
      for (;;) {
        const answer = JSON.parse((await lines.next()).value ?? '{"error":"it hung up"}');
        if (answer.error) throw new Error(`${order}: ${JSON.stringify(answer.error)}`);
        if (answer.return) break;
      }
    }
  } finally {
    socket.destroy();
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
