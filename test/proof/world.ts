// What the proof needs of this computer, and the disks that it boots.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../packages/agent/build.mjs';
import { type Debian, debian, tool } from './debian.ts';
import { configuration, containers } from './images.ts';
import { firmware } from './machine.ts';
import { debianDisk, stub } from './root.ts';

const tools = ['qemu-system-x86_64', 'mksquashfs', 'depmod', 'apt-get', 'dpkg-deb', 'go'];
const files = [stub, `${firmware}/OVMF_CODE_4M.fd`];

/** What is missing; empty: the proof can be had. */
export const missing = (): readonly string[] => [...tools.filter((name) => !tool(name)), ...files.filter((path) => !existsSync(path))];

export interface World {
  readonly debian: Debian;
  readonly disk: string;
  /** Of the image that is named by its digest. */
  readonly tools: string;
  /** Bytes of the agent, stripped. */
  readonly agent: number;
}

export async function makeWorld(scratch: string): Promise<World> {
  const packages = debian();
  const images = containers(packages, scratch);
  const agent = build(join(scratch, 'agent')).find(({ arch }) => arch === 'amd64');
  if (agent === undefined) throw new Error('the agent was not built');
  const disk = await debianDisk(packages, images, configuration(images), agent.path, scratch);
  return { debian: packages, disk, tools: images.tools.reference, agent: agent.bytes };
}
