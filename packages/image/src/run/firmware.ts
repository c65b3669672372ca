// Finds UEFI firmware on the local computer, in the folders of the usual packages.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Architecture } from '../architecture.ts';
import { ImageError } from '../errors.ts';

export interface Firmware {
  readonly code: string;
  /** Copied for each machine: the firmware writes into it. */
  readonly variables: string;
}

/** Code and variables, relative to each of the roots. */
const firmwarePaths: Readonly<Record<Architecture, readonly (readonly [code: string, variables: string])[]>> = {
  amd64: [
    ['OVMF/OVMF_CODE_4M.fd', 'OVMF/OVMF_VARS_4M.fd'],
    ['OVMF/OVMF_CODE.fd', 'OVMF/OVMF_VARS.fd'],
    ['edk2/ovmf/OVMF_CODE.fd', 'edk2/ovmf/OVMF_VARS.fd'],
    ['edk2/x64/OVMF_CODE.4m.fd', 'edk2/x64/OVMF_VARS.4m.fd'],
    ['qemu/edk2-x86_64-code.fd', 'qemu/edk2-i386-vars.fd'],
  ],
  arm64: [
    ['AAVMF/AAVMF_CODE.fd', 'AAVMF/AAVMF_VARS.fd'],
    ['edk2/aarch64/QEMU_EFI-pflash.raw', 'edk2/aarch64/vars-template-pflash.raw'],
    ['qemu/edk2-aarch64-code.fd', 'qemu/edk2-arm-vars.fd'],
  ],
};

/**
 * `qemu`: path of QEMU; a self-contained installation has the firmware in its `share` folder. Throws `tool-missing`.
 */
export function findFirmware(architecture: Architecture, qemu: string): Firmware {
  for (const root of ['/usr/share', join(dirname(qemu), '../share')]) {
    for (const [code, variables] of firmwarePaths[architecture]) {
      const found = { code: join(root, code), variables: join(root, variables) };
      if (existsSync(found.code) && existsSync(found.variables)) return found;
    }
  }
  throw new ImageError('tool-missing', `There is no UEFI firmware for ${architecture} on this computer.`, {
    hint: `Install it (Debian: apt install ${architecture === 'amd64' ? 'ovmf' : 'qemu-efi-aarch64'}; macOS: it comes with brew install qemu).`,
  });
}
