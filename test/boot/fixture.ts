// Prepares the boot tests: the programs that they need, and the disks that they boot.
import { copyFileSync, existsSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { linuxkitConfig } from '@i2kit/image';
import { build } from '../../packages/agent/build.mjs';
import { buildContainers, linuxkitInput } from './containers.ts';
import { type DebianPackages, fetchDebianPackages, hasTool } from './debian.ts';
import { buildDebianDisk, efiStub } from './debianRoot.ts';
import { buildLinuxkitDisk } from './linuxkit.ts';
import { firmwareFolder } from './machine.ts';

const requiredPrograms = ['qemu-system-x86_64', 'mksquashfs', 'depmod', 'apt-get', 'dpkg-deb', 'go'];
const requiredFiles = [efiStub, `${firmwareFolder}/OVMF_CODE_4M.fd`];

/** The missing programs; empty if the tests can run. */
export const missingTools = (): readonly string[] => [
  ...requiredPrograms.filter((name) => !hasTool(name)),
  ...requiredFiles.filter((path) => !existsSync(path)),
];

/** The way in which a machine's root was made. */
export const rootSources = ['debian', 'linuxkit'] as const;
export type RootSource = (typeof rootSources)[number];

export interface BootFixture {
  readonly debian: DebianPackages;
  readonly disk: string;
  /** The same disk, on a volume of 1 GiB. */
  readonly grown: string;
  /** Of the image that is referenced by its digest. */
  readonly tools: string;
  /** Bytes of the agent, stripped. */
  readonly agent: number;
  /** The closing lines about it. */
  readonly told: string;
}

export async function makeBootFixture(way: RootSource, scratch: string): Promise<BootFixture> {
  mkdirSync(scratch, { recursive: true });
  const packages = fetchDebianPackages();
  const images = buildContainers(packages, scratch);
  const agent = build(join(scratch, 'agent')).find(({ arch }) => arch === 'amd64');
  if (agent === undefined) throw new Error('the agent was not built');
  const world = { debian: packages, tools: images.tools.reference, agent: agent.bytes };
  if (way === 'debian') {
    const config = linuxkitConfig(linuxkitInput(images));
    const disk = await buildDebianDisk(packages, images, config, agent.path, scratch);
    return { ...world, disk, grown: growDisk(disk), told: "machines of Debian's packages were booted" };
  }
  const { path, own } = await buildLinuxkitDisk(packages, images, agent.path, scratch);
  const components = own
    ? "linuxkit's own"
    : "Debian's packages in their places, as no registry with linuxkit's answered";
  return {
    ...world,
    disk: path,
    grown: growDisk(path),
    told: `machines of an image that linuxkit built were booted; its components: ${components}`,
  };
}

/** EBS presents a smaller disk at the volume's size. */
function growDisk(disk: string): string {
  const path = `${disk}.grown`;
  copyFileSync(disk, path);
  truncateSync(path, 2 ** 30);
  return path;
}
