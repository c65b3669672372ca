// Runs linuxkit: its version, its checks, its archive, and the EFI stub from its cache. Every output file is
// verified.
import { rm, stat } from 'node:fs/promises';
import type { Architecture } from '../architecture.ts';
import { ImageError, isImageError } from '../errors.ts';
import { runTool, type ToolOptions } from './runTool.ts';

const installHint = 'Install linuxkit 1.6 or newer from its releases (macOS: brew install linuxkit/linuxkit/linuxkit).';
const minimumVersion = [1, 6] as const;

export interface Linuxkit {
  readonly version: string;
  /** Checks the configuration against linuxkit's schema, in milliseconds, without pulling images. */
  checkConfig(yaml: string): Promise<void>;
  /** The whole root file system with the kernel, as a tar archive. */
  buildArchive(yaml: string, output: string): Promise<void>;
  /** A raw disk for BIOS, made in `folder` through linuxkit's own QEMU helper; returns its path. */
  buildBiosDisk(yaml: string, folder: string): Promise<string>;
  /** An image's files, as a tar archive. */
  exportImage(reference: string, output: string): Promise<void>;
}

export interface LinuxkitOptions extends Omit<ToolOptions, 'input' | 'hint'> {
  readonly architecture: Architecture;
  /** linuxkit's own cache of images; some of its commands ignore its environment variable. */
  readonly cache: string;
  /** `<registry>=<URL>`, or one URL for all registries. */
  readonly mirrors?: readonly string[];
}

/** Throws `tool-missing` and `tool-version`. */
export async function findLinuxkit(options: LinuxkitOptions): Promise<Linuxkit> {
  const call = (args: readonly string[]) => runTool('linuxkit', args, { ...options, hint: installHint });
  const version = parseSupportedVersion(await call(['version']));
  const mirrors = (options.mirrors ?? []).flatMap((mirror) => ['--mirror', mirror]);
  const shared = ['--cache', options.cache, ...mirrors];
  const build = ['build', '--arch', options.architecture, ...shared];
  return {
    version,
    checkConfig: async (yaml) => {
      await call(['build', '--dry-run', yaml]);
    },
    async buildArchive(yaml, output) {
      await rm(output, { force: true });
      await call([...build, '--format', 'tar', '--o', output, yaml]);
      await requireOutput(output, 'linuxkit');
    },
    async buildBiosDisk(yaml, folder) {
      const made = `${folder}/bios.raw`;
      await rm(made, { force: true });
      await call([...build, '--format', 'aws', '--dir', folder, '--name', 'bios', yaml]);
      await requireOutput(made, 'linuxkit');
      return made;
    },
    async exportImage(reference, output) {
      await rm(output, { force: true });
      const platform = `linux/${options.architecture}`;
      const files = ['--platform', platform, '--format', 'filesystem', '--outfile', output];
      const unpack = () => call(['cache', 'export', ...shared, ...files, reference]);
      // A cached image needs no registry.
      await unpack().catch(async (error: unknown) => {
        if (!isImageError(error, 'tool-failed')) throw error;
        await call(['cache', 'pull', ...shared, reference]);
        await unpack();
      });
      await requireOutput(output, 'linuxkit');
    },
  };
}

/** Versions built from source report "unknown"; they are accepted. */
export function parseSupportedVersion(output: string): string {
  const version = /version\s+(\S+)/.exec(output)?.[1] ?? 'unknown';
  const [major, minor] = (/^v?(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  if (major === undefined || minor === undefined) return version;
  if (major > minimumVersion[0] || (major === minimumVersion[0] && minor >= minimumVersion[1])) return version;
  throw new ImageError(
    'tool-version',
    `linuxkit ${version} is too old; ${minimumVersion.join('.')} or newer is required.`,
    { hint: installHint },
  );
}

/** linuxkit 1.8 asks Docker Hub for images of ECR. */
export const hasEcrBug = (version: string, yaml: string): boolean =>
  /^v?1\.8\./.test(version) && /\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/.test(yaml);

/** A failed helper leaves an empty file, and linuxkit still exits with 0. */
async function requireOutput(path: string, tool: string): Promise<void> {
  const size = await stat(path).then(
    (info) => info.size,
    () => undefined,
  );
  if (size === undefined || size === 0)
    throw new ImageError(
      'tool-failed',
      `${tool} exited with 0, but ${size === 0 ? `${path} is empty` : `did not write ${path}`}.`,
    );
}
