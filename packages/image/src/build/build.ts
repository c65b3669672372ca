// Builds a machine's disk from a linuxkit configuration, once per image key.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Architecture } from '../architecture.ts';
import { writeErrorOf } from '../errors.ts';
import { buildBiosDisk, buildUefiDisk, type DiskBuildContext } from './buildDisks.ts';
import { type BuildFolders, type BuiltDisk, findFinishedBuild, recordBuild } from './builtDisk.ts';
import type { BuildEvent, BuildStep } from './events.ts';
import { agentFileName } from './linuxkit/index.ts';
import { findLinuxkit, hasEcrBug } from './linuxkitTool.ts';

export interface BuildOptions extends BuildFolders {
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
  readonly mirrors?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Only check the configuration with linuxkit. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: BuildEvent) => void;
}

/** Undefined for a dry run. Throws `tool-…`, `input-invalid`, `disk-full`, `cancelled`. */
export async function buildImage(options: BuildOptions): Promise<BuiltDisk | undefined> {
  const folder = resolve(options.folder, options.key);
  const report = options.onEvent ?? (() => {});
  const known = options.dryRun ? undefined : await findFinishedBuild(options, options.key);
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
  // Nothing that is already there is used, and no link in it is followed.
  if (!options.dryRun) await rm(folder, { recursive: true, force: true });
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
  await writeFile(at('image.yml'), options.yaml);
  await copyFile(options.agent, at(agentFileName));
  const kit = await findLinuxkit({
    ...tools,
    architecture,
    cache: resolve(options.cache, 'linuxkit'),
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
  // Written last: a disk without a record is of an unfinished build.
  await recordBuild(options, options.key, result);
  return result;
}

/** linuxkit reads Docker's credentials from the same place. */
function dockerEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const own = env['I2KIT_DOCKER_CONFIG'];
  return own ? { ...env, DOCKER_CONFIG: own.endsWith('.json') ? dirname(resolve(own)) : own } : env;
}
