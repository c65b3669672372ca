// EC2 instance types: their properties, and the cheapest type that fits a pod.
import { compareText } from '@i2kit/common';
import { families } from '../../generated/instance-types.ts';
import { chosenFamilies } from '../../generated/instancePrices.ts';

export type Architecture = 'amd64' | 'arm64';

export interface InstanceType {
  readonly name: string;
  readonly architecture: Architecture;
  readonly vcpus: number;
  /** As EC2 states it; `memoryForPods` is the part that pods can use. */
  readonly memoryMiB: number;
  /** NVIDIA GPUs; 1 for a fractional type. */
  readonly gpus: number;
  /** Memory of one GPU. */
  readonly gpuMemoryMiB?: number;
  /**
   * False for T2 and other types before Nitro, and for x86 metal: they boot with BIOS only, while i2kit's images need
   * UEFI.
   */
  readonly uefi: boolean;
}

/** Requests of a pod: thousandths of a core, bytes, whole GPUs. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  readonly gpus: number;
  readonly architecture: Architecture;
}

const MiB = 1024 ** 2;

/**
 * Firmware, page tables and the kernel use a part of the stated memory: a fixed part, and one proportional to it. A
 * conservative estimate; Karpenter subtracts 7.5 % where it has no measurement.
 */
const kernelReserve = { fixedMiB: 32, share: 0.04 };

/**
 * Userland, containerd with a shim per container, the agent, and the page cache of the squashfs root. No CPU is
 * reserved: these are idle while the pod runs.
 */
const systemReserveMiB = 160;

/** MiB available to a pod's requests. */
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

/** US dollars per hour in us-east-1, for sorting only: other regions have much the same order. Missing types are never chosen. */
export const referencePrices: ReadonlyMap<string, number> = new Map(
  Object.entries(chosenFamilies).flatMap(([family, sizes]) =>
    sizes.split(' ').map((each) => {
      const [size = '', dollars] = each.split(':');
      return [`${family}.${size}`, Number(dollars)] as const;
    }),
  ),
);

/** Types to choose from, cheapest first; equal prices by name. */
export const candidateTypes: readonly InstanceType[] = Object.keys(chosenFamilies)
  .flatMap((family) => typesOfFamily(family).map(({ type }) => ({ type, price: referencePrices.get(type.name) })))
  .filter((choice): choice is { type: InstanceType; price: number } => choice.type.uefi && choice.price !== undefined)
  .sort((a, b) => a.price - b.price || compareText(a.type.name, b.type.name))
  .map(({ type }) => type);

/** For a pod without requests: 1 GiB, of which about 800 MiB are available. */
const defaultTypes: Readonly<Record<Architecture, string>> = { amd64: 't3.micro', arm64: 't4g.micro' };

/** The cheapest type that fits the requests; undefined if none does. */
export function smallestFor(requests: Requests): InstanceType | undefined {
  const { cpu, memory, gpus, architecture } = requests;
  if (cpu === 0 && memory === 0 && gpus === 0) return instanceTypeNamed(defaultTypes[architecture]);
  return candidateTypes.find((type) => fits(type, requests));
}

/** A type by name; undefined if the table (November 2026) does not contain it, e.g. a newer type. */
export function instanceTypeNamed(name: string): InstanceType | undefined {
  const [family = ''] = name.split('.');
  if (!Object.hasOwn(families, family)) return undefined;
  return typesOfFamily(family).find(({ type }) => type.name === name)?.type;
}
