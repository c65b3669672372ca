// A registry that stands in for Docker Hub: minimal linuxkit components, and a container image.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentsOf, efiStubComponent, imageBaseOf } from '@i2kit/compiler/image';
import { peMachine, smallPe } from '../support/pe.ts';
import type { RegistryServer } from './registryServer.ts';

/** Pushes an image of one layer for linux/amd64. */
export function pushImage(
  server: RegistryServer,
  folder: string,
  reference: string,
  files: Record<string, string | Buffer>,
): void {
  const layer = join(folder, 'layer');
  rmSync(layer, { recursive: true, force: true });
  mkdirSync(layer, { recursive: true });
  for (const [name, data] of Object.entries(files)) writeFileSync(join(layer, name), data);
  spawnSync('tar', ['-C', layer, '-cf', join(folder, 'layer.tar'), ...Object.keys(files)]);
  const target = `${server.host}/${reference}`;
  server.crane(
    'append',
    '--platform',
    'linux/amd64',
    '-f',
    join(folder, 'layer.tar'),
    '-t',
    target,
    '--oci-empty-base',
  );
  server.crane('mutate', target, '--set-platform', 'linux/amd64', '--env', 'A=1', '-t', target);
}

/** Everything that an image of the default base needs. */
export function pushComponents(server: RegistryServer, folder: string): void {
  const pe = Buffer.concat([smallPe({ machine: peMachine.amd64 }), Buffer.alloc(50_000, 'k')]);
  spawnSync('tar', ['-cf', join(folder, 'empty.tar'), '-T', '/dev/null']);
  for (const reference of componentsOf(imageBaseOf())) {
    const special = reference.includes('/kernel:')
      ? { kernel: pe, 'kernel.tar': readFileSync(join(folder, 'empty.tar')) }
      : reference === efiStubComponent
        ? { 'linuxx64.efi.stub': smallPe({ machine: peMachine.amd64 }) }
        : undefined;
    pushImage(server, folder, reference, special ?? { [reference.replace(/\W/g, '-')]: 'component' });
  }
}
