// Runs one machine on the local computer: QEMU, and local stand-ins for EC2's metadata and the AWS endpoint.
import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Architecture } from '../architecture.ts';
import { ImageError, throwIfCancelled } from '../errors.ts';
import { type FakeAwsEvent, fakeAws } from './fakeAws.ts';
import { fakeMetadata, listenOnLoopback, newKey, pipeTo } from './fakeMetadata.ts';
import { findFirmware } from './firmware.ts';
import { type Accelerator, guestAddress, qemuArguments, qemuProgram } from './qemu.ts';
import { pressPowerButton } from './qmp.ts';
import type { LocalMachine } from './userData.ts';

export interface RunMachineOptions extends LocalMachine {
  readonly architecture: Architecture;
  readonly boot: 'uefi' | 'bios';
  /** The image's disk. */
  readonly disk: string;
  readonly region: string;
  /** Folder of the volumes' files, which are kept. */
  readonly volumes: string;
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly ports: readonly { readonly host: number; readonly guest: number }[];
  readonly memory: number;
  readonly cpus: number;
  readonly accelerator: Accelerator;
  readonly internet: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted: the power button is pressed, and the machine shuts down. */
  readonly stop: AbortSignal;
  /** Aborted: the machine is killed at once. */
  readonly kill: AbortSignal;
  readonly onEvent: (event: MachineEvent) => void;
}

export type MachineEvent =
  | FakeAwsEvent
  /** Output of the machine's serial console. */
  | { readonly kind: 'console'; readonly text: string };

/** As in EC2: `i-` and 17 digits. */
const localInstanceId = 'i-00000000000000001';

/** Returns when the machine ends. Throws `tool-missing`, `tool-failed`. */
export async function runMachine(machine: RunMachineOptions): Promise<void> {
  throwIfCancelled(machine.stop);
  const { architecture, boot, region, userData, secrets, env, onEvent } = machine;
  const qemu = findOnPath(qemuProgram(architecture), env);
  if (qemu === undefined)
    throw new ImageError('tool-missing', `${qemuProgram(architecture)} is not on PATH.`, {
      hint: 'Install QEMU (Debian: apt install qemu-system; macOS: brew install qemu).',
    });
  const found = boot === 'uefi' ? findFirmware(architecture, qemu) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-machine-'));
  // These return values of secrets, so a caller must be able to read the key, which only this user can.
  const key = newKey();
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, key, { mode: 0o600 });
  const imds = await listenOnLoopback(
    fakeMetadata({ instance: localInstanceId, region, address: guestAddress, userData }),
    key,
  );
  const aws = await listenOnLoopback(fakeAws({ instance: localInstanceId, secrets, onEvent }), key);
  try {
    const variables = join(folder, 'variables.fd');
    if (found) copyFileSync(found.variables, variables);
    const args = qemuArguments({
      ...machine,
      ...(found && { firmware: { code: found.code, variables } }),
      volumes: machine.disks.map(({ claim, id, size }) => ({
        id,
        path: ensureVolumeFile(join(machine.volumes, `${claim}.raw`), size),
      })),
      host: { platform: process.platform, arch: process.arch },
      metadataCommand: pipeTo(imds.port, keyFile, (name) => findOnPath(name, env)),
      awsCommand: pipeTo(aws.port, keyFile, (name) => findOnPath(name, env)),
      qmpSocket: join(folder, 'control'),
    });
    await runQemu(qemu, args, join(folder, 'control'), machine);
  } finally {
    imds.close();
    aws.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function runQemu(
  qemu: string,
  args: readonly string[],
  control: string,
  { stop, kill, onEvent, env }: RunMachineOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // A process group of its own: Ctrl-C goes to i2kit, which waits for the machine's end.
    const child = spawn(qemu, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: env as NodeJS.ProcessEnv,
      detached: true,
    });
    const press = (): void => void pressPowerButton(control).catch(() => child.kill('SIGTERM'));
    const end = (): void => void child.kill('SIGKILL');
    stop.addEventListener('abort', press);
    kill.addEventListener('abort', end);
    let problem = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => onEvent({ kind: 'console', text }));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problem = (problem + text).slice(-2000);
    });
    child.on('error', (error) =>
      reject(new ImageError('tool-failed', `${qemu} cannot be started: ${error.message}`, { cause: error })),
    );
    child.on('close', (code) => {
      stop.removeEventListener('abort', press);
      kill.removeEventListener('abort', end);
      const said = problem.trim().split('\n').at(-1) ?? '';
      if (code === 0 || kill.aborted || stop.aborted) resolve();
      else reject(new ImageError('tool-failed', `QEMU ended with code ${code}: ${said || 'no error message'}`));
    });
  });
}

/** The first program of that name on PATH. */
export function findOnPath(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const paths = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Created if missing, as a sparse file. */
function ensureVolumeFile(path: string, gib: number): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'wx');
    ftruncateSync(file, gib * 2 ** 30);
    closeSync(file);
  }
  return path;
}
