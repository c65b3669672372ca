// Components of every machine image besides its containers: linuxkit's, pinned by the hash of their source.

/** References by role; each is resolved to a digest at its first pull and kept in the lock. */
export const components = {
  kernel: 'linuxkit/kernel:6.12.59',
  init: 'linuxkit/init:b5506cc74a6812dc40982cacfd2f4328f8a4b12a',
  runc: 'linuxkit/runc:9442aa234715e751a16144f1d4ae3fd1a00fd492',
  containerd: 'linuxkit/containerd:ba19f64efd3331a8fd0a33e00eabd14f6ee1780e',
  certificates: 'linuxkit/ca-certificates:256f1950df59f2f209e9f0b81374177409eb11de',
  memlogd: 'linuxkit/memlogd:19b0fdec83dded95e0a2f97a8ca6868f5e83c401',
  sysctl: 'linuxkit/sysctl:43ac1d39da329c3567fcb9689e5ca99de6d169b6',
  dhcpcd: 'linuxkit/dhcpcd:b87e9ececac55a65eaa592f4dd8b4e0c3009afdb',
  rngd: 'linuxkit/rngd:984eb580ecb63986f07f626b61692a97aacd7198',
  logwrite: 'linuxkit/logwrite:24e6a76c2d45a7679d4f53db9ea377373b543dc7',
  /**
   * A root file system with e2fsprogs and xfsprogs, which the agent uses to create, check and grow file systems. Its
   * own program never runs.
   */
  tools: 'linuxkit/format:4f779c0b0d0ba145b7f03211b5cbf59fbbe12e54',
} as const;

/** Debugging images only: a login on the serial console, and SSH. */
export const debugComponents = {
  getty: 'linuxkit/getty:a86d74c8f89be8956330c3b115b0b1f2e09ef6e0',
  sshd: 'linuxkit/sshd:08e5d4a46603eff485d5d1b14001cc932a530858',
} as const;

/** Contains systemd's EFI stub; a build tool whose bytes become part of the image. */
export const efiStubComponent = 'linuxkit/systemd-boot:7277832a6e3fb790d022c1c37edc4ea88c873b01';

/** Settings of an image beyond the pod and the lock. */
export interface ImageBase {
  readonly boot: 'uefi' | 'bios';
  /** With a login on the console and SSH; used only on request. */
  readonly debug: boolean;
}

/** As written in i2kit.yaml. */
export const imageBaseOf = ({ boot = 'uefi', debug = false }: Partial<ImageBase> = {}): ImageBase => ({ boot, debug });

/** References of the components in an image of this base, including the stub; sorted. */
export const componentsOf = (base: ImageBase): readonly string[] =>
  [
    ...Object.values(components),
    ...(base.debug ? Object.values(debugComponents) : []),
    ...(base.boot === 'uefi' ? [efiStubComponent] : []),
  ].sort();

/**
 * The kernel's command line: EC2's console, a reboot after a panic, and EBS's timeout for disks (EC2 User Guide,
 * "NVMe I/O operation timeout").
 */
export const cmdline = 'console=tty0 console=ttyS0,115200n8 panic=10 nvme_core.io_timeout=4294967295';
