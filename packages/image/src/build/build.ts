// Builds a machine's disk from a linuxkit configuration, once per image key.
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Architecture } from '../architecture.ts';
import { writeErrorOf } from '../errors.ts';
import { buildBiosDisk, buildUefiDisk, type DiskBuildContext } from './buildDisks.ts';
import type { BuildEvent, BuildStep } from './events.ts';
import { agentFileName } from './linuxkit/index.ts';
import { findLinuxkit, hasEcrBug } from './linuxkitTool.ts';

export interface BuildOptions {
  /** Image key, also the folder's name, so that the same image is built once. */
  readonly key: string;
  /** linuxkit's configuration. */
  readonly yaml: string;
  readonly architecture: Architecture;
  readonly boot: 'uefi' | 'bios';
  /** Path of the agent's binary for this architecture. */
  readonly agent: string;
  /** Reference, by digest, of the image that holds the EFI stub. */
  readonly stub: string;
  /** Folder of all builds, e.g. `.i2kit/images`; each has a folder in it. */
  readonly folder: string;
  readonly mirrors?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Only check the configuration with linuxkit. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: BuildEvent) => void;
}

export interface BuiltDisk {
  readonly path: string;
  readonly size: number;
  readonly linuxkit: string;
  /** All output of the tools. */
  readonly log: string;
}

/** Undefined for a dry run. Throws `tool-…`, `input-invalid`, `disk-full`, `cancelled`. */
export async function buildImage(options: BuildOptions): Promise<BuiltDisk | undefined> {
  const folder = resolve(options.folder, options.key);
  const report = options.onEvent ?? (() => {});
  const known = options.dryRun ? undefined : await findFinishedBuild(options.folder, options.key);
  if (known) {
    report({ kind: 'found', path: known.path });
    return known;
  }
  try {
    return await runBuild(options, folder, report);
  } catch (error) {
    throw writeErrorOf(error, folder);
  }
}

async function runBuild(
  options: BuildOptions,
  folder: string,
  report: (event: BuildEvent) => void,
): Promise<BuiltDisk | undefined> {
  const { architecture, boot, signal } = options;
  await mkdir(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  let step: BuildStep = 'check';
  const begin = (next: BuildStep): void => {
    step = next;
    report({ kind: 'step', step });
  };
  const onLine = (text: string): void => report({ kind: 'line', step, text });
  const tools = {
    cwd: folder,
    env: dockerEnvironment(options.env ?? process.env),
    log: at('build.log'),
    signal,
    onLine,
  };

  begin('check');
  await rm(at('build.log'), { force: true });
  await writeFile(at('image.yml'), options.yaml);
  await copyFile(options.agent, at(agentFileName));
  const kit = await findLinuxkit({
    ...tools,
    architecture,
    cache: resolve(options.folder, 'cache'),
    ...(options.mirrors && { mirrors: options.mirrors }),
  });
  if (hasEcrBug(kit.version, options.yaml))
    report({
      kind: 'warning',
      message: `linuxkit ${kit.version} looks for images of ECR in Docker Hub; 1.7.1 does not.`,
    });
  await kit.checkConfig('image.yml');
  if (options.dryRun) return undefined;

  const job: DiskBuildContext = {
    kit,
    tools,
    pathOf: at,
    architecture,
    stub: options.stub,
    startStep: begin,
    report,
    signal,
  };
  const size = await (boot === 'bios' ? buildBiosDisk(job) : buildUefiDisk(job));
  const result: BuiltDisk = { path: at('disk.raw'), size, linuxkit: kit.version, log: at('build.log') };
  // Written last: a folder without it holds an unfinished build.
  await writeFile(at('built.json'), JSON.stringify(result));
  return result;
}

/** A finished build whose disk is unchanged. */
export async function findFinishedBuild(all: string, key: string): Promise<BuiltDisk | undefined> {
  const folder = resolve(all, key);
  try {
    const build = JSON.parse(await readFile(join(folder, 'built.json'), 'utf8')) as BuiltDisk;
    const path = join(folder, 'disk.raw');
    return (await stat(path)).size === build.size ? { ...build, path, log: join(folder, 'build.log') } : undefined;
  } catch {
    return undefined;
  }
}

/** linuxkit reads Docker's credentials from the same place. */
function dockerEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const own = env['I2KIT_DOCKER_CONFIG'];
  return own ? { ...env, DOCKER_CONFIG: own.endsWith('.json') ? dirname(resolve(own)) : own } : env;
}
