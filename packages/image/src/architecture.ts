// The architectures of machines, with the names that EC2, UEFI, PE and systemd use for them.
export type Architecture = 'amd64' | 'arm64';

export interface ArchitectureNames {
  /** EC2's `Architecture`. */
  readonly ec2: 'x86_64' | 'arm64';
  /** File that firmware starts without a boot entry (UEFI 2.10, 3.5.1.1), as an 8.3 name without the dot. */
  readonly bootFile: string;
  /** PE's machine type of an EFI program. */
  readonly peMachine: number;
  /** Partition type of a root file system (the Discoverable Partitions Specification). */
  readonly rootPartition: string;
  /** Name of systemd's EFI stub. */
  readonly stub: string;
  /** The first serial console that EC2 shows. */
  readonly console: string;
}

export const architectures: Readonly<Record<Architecture, ArchitectureNames>> = {
  amd64: {
    ec2: 'x86_64',
    bootFile: 'BOOTX64 EFI',
    peMachine: 0x8664,
    rootPartition: '4f68bce3-e8cd-4db1-96e7-fbcaf984b709',
    stub: 'linuxx64.efi.stub',
    console: 'ttyS0',
  },
  arm64: {
    ec2: 'arm64',
    bootFile: 'BOOTAA64EFI',
    peMachine: 0xaa64,
    rootPartition: 'b921b045-1df0-41c3-af44-4c6f280d3fae',
    stub: 'linuxaa64.efi.stub',
    console: 'ttyS0',
  },
};
