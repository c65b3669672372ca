// Starts the AWS emulator (server/peer.py) in a process of its own, which ends with this one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureTestTools } from '../../scripts/testTools.mjs';

/**
 * Whether groups with a CreationPolicy complete at once (there are no machines), wait for SignalResource, or time
 * out.
 */
export type SignalMode = 'auto' | 'wait' | 'over';

/** The fate of groups' machines: they serve, fail the health checks of their target groups, or do not start. */
export type MachineHealth = 'healthy' | 'sick' | 'none';

export interface AwsEmulator {
  readonly endpoint: string;
  readonly pid: number;
  /** Forgets all resources, and the setting of signals. */
  reset(): Promise<void>;
  setSignals(signals: SignalMode): Promise<void>;
  setMachines(machines: MachineHealth): Promise<void>;
  /** Adds a booted machine to its group. */
  addMachine(machine: BootedMachine): Promise<void>;
  /** Sets the state that a booted machine has in its group, such as `Terminating:Wait`. */
  setLifecycle(instance: string, lifecycle: string): Promise<void>;
  /** The actions that each machine sent to its group, as Auto Scaling names them. */
  machineActions(): Promise<Readonly<Record<string, readonly string[]>>>;
  stop(): Promise<void>;
}

export interface BootedMachine {
  readonly stack: string;
  /** Logical id of the group. */
  readonly resource: string;
  readonly instance: string;
  /** URL of the readiness endpoint that target groups check. */
  readonly ready: string;
  /** File of its console output. */
  readonly console: string;
}

const here = import.meta.dirname;
const startTimeoutMs = 240_000;

export async function startAwsEmulator(options: { signals?: SignalMode } = {}): Promise<AwsEmulator> {
  const { python } = await ensureTestTools();
  const child = spawn(python, [join(here, 'server/peer.py'), '--with-parent'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...pythonEnvironment(), I2KIT_PEER_SIGNALS: options.signals ?? 'auto' },
  });
  const port = await readyPort(child);
  // Neither the process nor its pipes keep this one alive: it ends with its standard input.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { unref(): void }).unref();

  const endpoint = `http://127.0.0.1:${port}`;
  const order = async (method: string, path: string, body?: string) => {
    const answer = await fetch(endpoint + path, { method, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the AWS endpoint answered ${answer.status} to ${method} ${path}: ${text}`);
    return text;
  };
  return {
    endpoint,
    pid: child.pid as number,
    reset: async () => void (await order('POST', '/_ministack/reset')),
    setSignals: async (signals) => void (await order('PUT', '/_peer/signals', signals)),
    setMachines: async (machines) => void (await order('PUT', '/_peer/machines', machines)),
    addMachine: async (machine) => void (await order('PUT', '/_peer/booted', JSON.stringify(machine))),
    setLifecycle: async (instance, lifecycle) =>
      void (await order('PUT', '/_peer/booted', JSON.stringify({ instance, lifecycle }))),
    machineActions: async () => JSON.parse(await order('GET', '/_peer/booted')),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.ref();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The environment of a Python process: its bytecode is kept, as starting without it takes seconds. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONDONTWRITEBYTECODE: _, ...inherited } = process.env;
  return { ...inherited, PYTHONPYCACHEPREFIX: join(here, '../../.cache/pycache') };
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complaint = '';
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`the AWS endpoint ${what}:\n${complaint || said}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${startTimeoutMs / 1000} s`), startTimeoutMs);
    child.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const line = /^\{"ready": true, "port": (\d+)/m.exec(said);
      if (line) {
        clearTimeout(timer);
        resolve(Number(line[1]));
      }
    });
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended at once (${signal ?? code})`);
    });
  });
}
