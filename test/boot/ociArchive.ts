// Writes a folder as an OCI archive in the form of linuxkit's cache: an index of a single manifest, under its full
// name.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageConfig } from '@i2kit/image';
import { runCommand } from './debian.ts';

export interface OciArchive {
  readonly path: string;
  /** Digest of the index, as in a lock. */
  readonly digest: string;
}

export const baseImageConfig: ImageConfig = {
  architecture: 'amd64',
  os: 'linux',
  env: ['PATH=/bin'],
  entrypoint: [],
  cmd: [],
  user: '',
  workingDir: '',
  stopSignal: '',
};

/** `name`: with its registry, without tag and digest. Equal files give equal digests. */
export function writeOciArchive(
  name: string,
  folder: string,
  { architecture, os, ...image }: ImageConfig,
  scratch: string,
): OciArchive {
  const layout = join(scratch, 'oci', name.replace(/\W/g, '-'));
  const blobs = join(layout, 'blobs/sha256');
  rmSync(layout, { recursive: true, force: true });
  mkdirSync(blobs, { recursive: true });
  const layer = join(layout, 'layer');
  writeTar(layer, folder);
  const { digest: diff, size } = storeBlob(readFileSync(layer), blobs, layer);
  const put = (value: object) => storeBlob(Buffer.from(JSON.stringify(value)), blobs);
  const { env: Env, entrypoint: Entrypoint, cmd: Cmd, user: User } = image;
  const settings = put({
    architecture,
    os,
    config: { Env, Entrypoint, Cmd, User },
    rootfs: { type: 'layers', diff_ids: [diff] },
  });
  const oci = (kind: string) => `application/vnd.oci.image.${kind}`;
  const manifest = put({
    schemaVersion: 2,
    mediaType: oci('manifest.v1+json'),
    config: { mediaType: oci('config.v1+json'), ...settings },
    layers: [{ mediaType: oci('layer.v1.tar'), digest: diff, size }],
  });
  const manifests = [{ mediaType: oci('manifest.v1+json'), ...manifest, platform: { architecture, os } }];
  const index = put({ schemaVersion: 2, mediaType: oci('index.v1+json'), manifests });
  const annotations = { 'io.containerd.image.name': `${name}@${index.digest}` };
  writeFileSync(
    join(layout, 'index.json'),
    JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType: oci('index.v1+json'), ...index, annotations }] }),
  );
  writeFileSync(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const path = `${layout}.tar`;
  writeTar(path, layout);
  return { path, digest: index.digest };
}

/** Deterministic: root's files, without times, sorted. */
export function writeTar(output: string, folder: string): void {
  const fixed = [
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mtime=@0',
    '--format=posix',
    '--pax-option=delete=atime,delete=ctime',
  ];
  runCommand('tar', [...fixed, '-C', folder, '-cf', output, '--', ...readdirSync(folder).sort()]);
}

/** A blob is named by its content. */
function storeBlob(data: Buffer, blobs: string, from?: string): { digest: string; size: number } {
  const hash = createHash('sha256').update(data).digest('hex');
  if (from === undefined) writeFileSync(join(blobs, hash), data);
  else renameSync(from, join(blobs, hash));
  return { digest: `sha256:${hash}`, size: data.length };
}
