// Debian's packages in the places of linuxkit's components, under the same names, for where no registry has the real ones: linuxkit then builds
// of them what it would build of its own.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { baseOf, components, componentsOf, stubComponent } from '@i2kit/compiler/image';
import type { Debian } from './debian.ts';
import { put } from './images.ts';
import { type Archive, archive, config, tar } from './oci.ts';
import { drivers, initrd, libraries, programs, start, stub } from './root.ts';

/** Archives by reference. Services whose work the first process does itself here (the address, entropy) are there, and empty. */
export function standIns(debian: Debian, scratch: string): Readonly<Record<string, Archive>> {
  const fill: Readonly<Record<string, (folder: string) => void>> = {
    [components.kernel]: (folder) => {
      const root = join(scratch, 'kernel');
      mkdirSync(join(root, 'boot'), { recursive: true });
      initrd(debian, join(root, 'boot/initrd'), scratch);
      drivers(debian, root);
      put(join(folder, 'kernel'), debian.kernel);
      tar(join(folder, 'kernel.tar'), root);
    },
    [components.init]: (folder) => {
      programs(debian, folder, ['bin', ...libraries]);
      start(debian, folder);
    },
    [components.runc]: (folder) => programs(debian, folder, ['usr/bin', 'usr/sbin']),
    [components.tools]: (folder) => programs(debian, folder, ['sbin', ...libraries]),
    [stubComponent]: (folder) => put(join(folder, basename(stub)), stub),
  };
  const made = componentsOf(baseOf()).map((reference) => {
    const name = reference.replace(/:.*/, '');
    const folder = join(scratch, 'components', basename(name));
    mkdirSync(join(folder, 'etc'), { recursive: true });
    fill[reference]?.(folder);
    return [reference, archive(`docker.io/${name}`, folder, { ...config, cmd: ['/none'] }, scratch)] as const;
  });
  return Object.fromEntries(made);
}
