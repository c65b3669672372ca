// Builds components from Debian packages under the names of linuxkit's, for computers without access to their
// registry; linuxkit then builds with them.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { components, componentsOf, efiStubComponent, imageBaseOf } from '@i2kit/compiler/image';
import { copyInto } from './containers.ts';
import type { DebianPackages } from './debian.ts';
import { copyDrivers, copyPrograms, efiStub, libraryFolders, writeInitrd, writeStartFiles } from './debianRoot.ts';
import { baseImageConfig, type OciArchive, writeOciArchive, writeTar } from './ociArchive.ts';

/** Archives by reference. Services whose work the first process does itself here (address, entropy) are empty. */
export function buildStandIns(debian: DebianPackages, scratch: string): Readonly<Record<string, OciArchive>> {
  const fill: Readonly<Record<string, (folder: string) => void>> = {
    [components.kernel]: (folder) => {
      const root = join(scratch, 'kernel');
      mkdirSync(join(root, 'boot'), { recursive: true });
      writeInitrd(debian, join(root, 'boot/initrd'), scratch);
      copyDrivers(debian, root);
      copyInto(join(folder, 'kernel'), debian.kernel);
      writeTar(join(folder, 'kernel.tar'), root);
    },
    [components.init]: (folder) => {
      copyPrograms(debian, folder, ['bin', ...libraryFolders]);
      writeStartFiles(debian, folder);
    },
    [components.runc]: (folder) => copyPrograms(debian, folder, ['usr/bin', 'usr/sbin']),
    [components.tools]: (folder) => copyPrograms(debian, folder, ['sbin', ...libraryFolders]),
    [efiStubComponent]: (folder) => copyInto(join(folder, basename(efiStub)), efiStub),
  };
  const made = componentsOf(imageBaseOf()).map((reference) => {
    const name = reference.replace(/:.*/, '');
    const folder = join(scratch, 'components', basename(name));
    mkdirSync(join(folder, 'etc'), { recursive: true });
    fill[reference]?.(folder);
    return [
      reference,
      writeOciArchive(`docker.io/${name}`, folder, { ...baseImageConfig, cmd: ['/none'] }, scratch),
    ] as const;
  });
  return Object.fromEntries(made);
}
