// A real registry on loopback, filled with small images.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTool } from '../support/tools.ts';

export interface RegistryServer {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** Runs crane; returns its output. */
  crane(...args: readonly string[]): string;
  stop(): void;
}

export async function startRegistryServer(): Promise<RegistryServer> {
  const host = `127.0.0.1:${await freePort()}`;
  const program = findTool('crane') ?? 'crane';
  const server: ChildProcess = spawn(program, ['registry', 'serve', '--address', host], { stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`http://${host}/v2/`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await sleep(50);
  }
  return {
    host,
    crane(...args) {
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`crane ${args.join(' ')}: ${stderr}`);
      return stdout.trim();
    },
    stop: () => void server.kill(),
  };
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
