// Builds the agent for both of EC2's architectures into dist/linux-<arch>/i2kit-agent: static, stripped,
// reproducible.
//
// `node build.mjs [folder]` builds into another folder. Without Go it builds nothing, says so, and exits with 3.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const architectures = ['amd64', 'arm64'];
/** Size limit of the agent, in bytes: the share of an image that it may take. */
const most = 25 * 1024 * 1024;

/** True if Go is installed. */
export const canBuild = () => spawnSync('go', ['version']).status === 0;

const versionOf = () => JSON.parse(readFileSync(join(here, '../cli/package.json'), 'utf8')).version;

/** Builds the agent for every architecture. Returns [{ arch, path, bytes }]. */
export function build(folder = join(here, 'dist')) {
  return architectures.map((arch) => {
    const path = join(folder, `linux-${arch}`, 'i2kit-agent');
    mkdirSync(join(path, '..'), { recursive: true });
    const flags = `-s -w -buildid= -X main.version=${versionOf()}`;
    const { status, error } = spawnSync('go', ['build', '-trimpath', '-buildvcs=false', '-ldflags', flags, '-o', path, './cmd/i2kit-agent'], {
      cwd: here,
      // Overrides the user's own Go settings, which must not change a byte.
      env: { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch, GOAMD64: 'v1', GOARM64: 'v8.0', GOFLAGS: '', GOEXPERIMENT: '' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (error !== undefined || status !== 0) throw new Error(`the agent could not be built for ${arch}`);
    const bytes = statSync(path).size;
    if (bytes > most) throw new Error(`the agent for ${arch} has ${bytes} bytes, over ${most}`);
    return { arch, path, bytes };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (canBuild()) {
    const folder = process.argv[2];
    for (const { path, bytes } of build(folder === undefined ? undefined : resolve(folder))) {
      console.log(`${path} ${(bytes / 1024 / 1024).toFixed(1)} MiB`);
    }
  } else {
    console.error('Go is not installed: the agent was not built');
    process.exitCode = 3;
  }
}
