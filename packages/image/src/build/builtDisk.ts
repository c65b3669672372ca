// Finds disks that were built before. A disk is used again only if it has the digest that this user's own build recorded.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isObject, parseJson } from '@i2kit/common';

export interface BuildFolders {
  /** Folder of all builds; each has a folder in it. Anybody may have written it: `--images-dir` may be in a repository. */
  readonly folder: string;
  /** The user's own cache folder: images of linuxkit, and a record of each build. No repository may contain it. */
  readonly cache: string;
}

export interface BuiltDisk {
  readonly path: string;
  readonly size: number;
  readonly linuxkit: string;
  /** All output of the tools. */
  readonly log: string;
}

/** The disk that the user's own build of a key made. */
interface BuildRecord {
  readonly size: number;
  readonly sha256: string;
  readonly linuxkit: string;
}

const recordPath = ({ cache }: BuildFolders, key: string): string => resolve(cache, 'builds', `${key}.json`);
const diskPath = ({ folder }: BuildFolders, key: string): string => resolve(folder, key, 'disk.raw');

/** A finished build whose disk is unchanged. */
export async function findFinishedBuild(folders: BuildFolders, key: string): Promise<BuiltDisk | undefined> {
  const path = diskPath(folders, key);
  const record = await readRecord(folders, key);
  const size = await stat(path).then(
    (info) => (info.isFile() ? info.size : undefined),
    () => undefined,
  );
  // The size is compared first: most damaged disks are cut off.
  if (record === undefined || size !== record.size || (await fileDigest(path)) !== record.sha256) return undefined;
  return { path, size, linuxkit: record.linuxkit, log: join(dirname(path), 'build.log') };
}

/** Records a build, so that its disk can be used again. */
export async function recordBuild(
  folders: BuildFolders,
  key: string,
  { path, size, linuxkit }: BuiltDisk,
): Promise<void> {
  const record: BuildRecord = { size, sha256: await fileDigest(path), linuxkit };
  await mkdir(dirname(recordPath(folders, key)), { recursive: true, mode: 0o700 });
  await writeFile(recordPath(folders, key), JSON.stringify(record), { mode: 0o600 });
}

async function readRecord(folders: BuildFolders, key: string): Promise<BuildRecord | undefined> {
  const value = parseJson(await readFile(recordPath(folders, key), 'utf8').catch(() => ''));
  if (!isObject(value)) return undefined;
  const { size, sha256, linuxkit } = value;
  return typeof size === 'number' && typeof sha256 === 'string' && typeof linuxkit === 'string'
    ? { size, sha256, linuxkit }
    : undefined;
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
