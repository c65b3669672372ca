// EC2's instance types: what is known of each, and which is the cheapest that holds a pod.
import { compareText } from '@i2kit/common';
import { families } from '../../generated/instance-types.ts';
import { chosenFamilies } from '../../generated/instancePrices.ts';

export type Architecture = 'amd64' | 'arm64';

export interface InstanceType {
  readonly name: string;
  readonly architecture: Architecture;
  readonly vcpus: number;
  /** As EC2 states it; what a pod can have of it is `memoryForPods`. */
  readonly memoryMiB: number;
  /** NVIDIA's; of a fractional type, 1. */
  readonly gpus: number;
  /** Of one GPU. */
  readonly gpuMemoryMiB?: number;
  /** False for T2 and others of before Nitro, and for metal of x86: they boot with BIOS only, and our images with UEFI. */
  readonly uefi: boolean;
}

/** What a pod asks for: thousandths of a core, bytes, whole GPUs. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  readonly gpus: number;
  readonly architecture: Architecture;
}

const MiB = 1024 ** 2;

/**
 * Firmware, page tables and the kernel take a part of what EC2 states before the first process runs: a fixed part, and one that
 * grows with the memory. An estimate on the safe side of what machines report; Karpenter takes 7.5 % off where it has not measured.
 */
const kernelReserve = { fixedMiB: 32, share: 0.04 };

/**
 * Userland, containerd with a shim per container, the agent, and the page cache without which a root on squashfs crawls. No CPU is
 * held back: those wait while the pod runs.
 */
const systemReserveMiB = 160;

/** MiB that a pod's requests may add up to. */
export const memoryForPods = ({ memoryMiB }: Pick<InstanceType, 'memoryMiB'>): number =>
  Math.floor(memoryMiB * (1 - kernelReserve.share)) - kernelReserve.fixedMiB - systemReserveMiB;

export const fits = (type: InstanceType, { cpu, memory, gpus, architecture }: Requests): boolean =>
  type.architecture === architecture &&
  type.vcpus * 1000 >= cpu &&
  memoryForPods(type) * MiB >= memory &&
  type.gpus >= gpus;

function typesOfFamily(family: string): readonly { readonly size: string; readonly type: InstanceType }[] {
  const [architecture, ...sizes] = (families[family] ?? '').split(' ');
  return sizes.map((text) => {
    const uefi = !text.startsWith('!');
    const [size = '', vcpus, memoryMiB, gpus = '0', gpuMemoryMiB] = text.replace('!', '').split(':');
    const type: InstanceType = {
      name: `${family}.${size}`,
      architecture: architecture as Architecture,
      vcpus: Number(vcpus),
      memoryMiB: Number(memoryMiB),
      gpus: Number(gpus),
      ...(gpuMemoryMiB === undefined ? {} : { gpuMemoryMiB: Number(gpuMemoryMiB) }),
      uefi,
    };
    return { size, type };
  });
}

/** Dollars an hour in us-east-1, for the order alone: other regions are dearer in much the same order. Absent: not one to choose. */
export const referencePrices: ReadonlyMap<string, number> = new Map(
  Object.entries(chosenFamilies).flatMap(([family, sizes]) =>
    sizes.split(' ').map((each) => {
      const [size = '', dollars] = each.split(':');
      return [`${family}.${size}`, Number(dollars)] as const;
    }),
  ),
);

/** The types to choose from: the cheapest first; at one price, by name. */
export const candidateTypes: readonly InstanceType[] = Object.keys(chosenFamilies)
  .flatMap((family) => typesOfFamily(family).map(({ type }) => ({ type, price: referencePrices.get(type.name) })))
  .filter((choice): choice is { type: InstanceType; price: number } => choice.type.uefi && choice.price !== undefined)
  .sort((a, b) => a.price - b.price || compareText(a.type.name, b.type.name))
  .map(({ type }) => type);

/** For a pod that asks for nothing: 1 GiB, of which it gets about 800 MiB. */
const defaultTypes: Readonly<Record<Architecture, string>> = { amd64: 't3.micro', arm64: 't4g.micro' };

/** The cheapest type that holds the requests; undefined where none does. */
export function smallestFor(requests: Requests): InstanceType | undefined {
  const { cpu, memory, gpus, architecture } = requests;
  if (cpu === 0 && memory === 0 && gpus === 0) return instanceTypeNamed(defaultTypes[architecture]);
  return candidateTypes.find((type) => fits(type, requests));
}

/** A type that the user names; undefined where the table (of November 2026) does not hold it: a newer one may well exist. */
export function instanceTypeNamed(name: string): InstanceType | undefined {
  const [family = ''] = name.split('.');
  if (!Object.hasOwn(families, family)) return undefined;
  return typesOfFamily(family).find(({ type }) => type.name === name)?.type;
}
