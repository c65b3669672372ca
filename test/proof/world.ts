// What the proof needs of this computer, and the disks that it boots.
import { copyFileSync, existsSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { linuxkitConfig } from '@i2kit/image';
import { build } from '../../packages/agent/build.mjs';
import { type Debian, debian, tool } from './debian.ts';
import { configuration, containers } from './images.ts';
import { linuxkitDisk } from './linuxkit.ts';
import { firmware } from './machine.ts';
import { debianDisk, stub } from './root.ts';

const tools = ['qemu-system-x86_64', 'mksquashfs', 'depmod', 'apt-get', 'dpkg-deb', 'go'];
const files = [stub, `${firmware}/OVMF_CODE_4M.fd`];

/** What is missing; empty: the proof can be had. */
export const missing = (): readonly string[] => [...tools.filter((name) => !tool(name)), ...files.filter((path) => !existsSync(path))];

/** Of whose making a machine's root is. */
export const ways = ['debian', 'linuxkit'] as const;
export type Way = (typeof ways)[number];

export interface World {
  readonly debian: Debian;
  readonly disk: string;
  /** The same disk, on a volume of 1 GiB. */
  readonly grown: string;
  /** Of the image that is named by its digest. */
  readonly tools: string;
  /** Bytes of the agent, stripped. */
  readonly agent: number;
  /** What the closing lines say of it. */
  readonly told: string;
}

export async function makeWorld(way: Way, scratch: string): Promise<World> {
  mkdirSync(scratch, { recursive: true });
  const packages = debian();
  const images = containers(packages, scratch);
  const agent = build(join(scratch, 'agent')).find(({ arch }) => arch === 'amd64');
  if (agent === undefined) throw new Error('the agent was not built');
  const world = { debian: packages, tools: images.tools.reference, agent: agent.bytes };
  if (way === 'debian') {
    const config = linuxkitConfig(configuration(images));
    const disk = await debianDisk(packages, images, config, agent.path, scratch);
    return { ...world, disk, grown: grown(disk), told: "machines of Debian's packages were booted" };
  }
  const { path, own } = await linuxkitDisk(packages, images, agent.path, scratch);
  const components = own ? "linuxkit's own" : "Debian's packages in their places, as no registry with linuxkit's answered";
  return {
    ...world,
    disk: path,
    grown: grown(path),
    told: `machines of an image that linuxkit built were booted; its components: ${components}`,
  };
}

/** What EBS does with a disk that is smaller than its volume. */
function grown(disk: string): string {
  const path = `${disk}.grown`;
  copyFileSync(disk, path);
  truncateSync(path, 2 ** 30);
  return path;
}
