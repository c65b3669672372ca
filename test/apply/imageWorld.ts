// What building images takes, on this computer alone: a registry in the place of Docker's hub, and a stand-in for linuxkit.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushComponents, pushImage } from '../../packages/image/test/registry/components.ts';
import { type RunningRegistry, startRegistry } from '../../packages/image/test/registry/crane.ts';
import { find } from '../../packages/image/test/support/judges.ts';
import { machine, smallPe } from '../../packages/image/test/support/pe.ts';

export interface ImageWorld {
  readonly registry: RunningRegistry;
  /** `--mirror`'s value. */
  readonly mirror: string;
  /** Variables with which the stand-in is found, and works. */
  readonly env: Readonly<Record<string, string>>;
  /** A PATH on which linuxkit is, and mksquashfs is not. */
  readonly withoutSquash: string;
  /** Pushes other content under a reference. */
  push(reference: string, content: string): void;
  stop(): void;
}

/** Tools without which no image is built here. */
export const needed = ['crane', 'mksquashfs', 'tar', 'go'];

export async function imageWorld(): Promise<ImageWorld> {
  const at = mkdtempSync(join(tmpdir(), 'i2kit-images-'));
  const path = (...names: string[]) => join(at, ...names);
  for (const folder of ['bin', 'root/boot', 'root/etc', 'stub/efi']) mkdirSync(path(folder), { recursive: true });
  writeFileSync(path('root/boot/kernel'), Buffer.concat([smallPe({ machine: machine.amd64 }), Buffer.alloc(100_000, 'k')]));
  writeFileSync(path('root/etc/owned'), 'mine');
  writeFileSync(path('stub/efi/linuxx64.efi.stub'), smallPe({ machine: machine.amd64 }));
  spawnSync('tar', ['-C', path('root'), '-cf', path('root.tar'), 'boot', 'etc']);
  spawnSync('tar', ['-C', path('stub'), '-cf', path('stub.tar'), '.']);
  const fake = join(import.meta.dirname, '../../packages/image/test/build/fake-linuxkit.mjs');
  writeFileSync(path('bin/linuxkit'), `#!/bin/sh\nexec ${process.execPath} ${fake} "$@"\n`);
  chmodSync(path('bin/linuxkit'), 0o755);
  mkdirSync(path('alone'));
  symlinkSync(path('bin/linuxkit'), path('alone/linuxkit'));
  symlinkSync('/bin/sh', path('alone/sh'));
  symlinkSync(find('mksquashfs') ?? 'mksquashfs', path('bin/mksquashfs'));
  const registry = await startRegistry();
  pushComponents(registry, at);
  return {
    registry,
    mirror: `docker.io=http://${registry.host}`,
    withoutSquash: path('alone'),
    env: {
      PATH: `${path('bin')}:/usr/bin:/bin`,
      FAKE_ROOT: path('root.tar'),
      FAKE_STUB: path('stub.tar'),
      FAKE_CALLS: path('calls'),
      DOCKER_CONFIG: path('none'),
      AWS_REGION: 'eu-west-1',
    },
    push: (reference, content) => pushImage(registry, at, reference, { served: content }),
    stop() {
      registry.stop();
      rmSync(at, { recursive: true, force: true });
    },
  };
}
