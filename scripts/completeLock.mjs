// Completes package-lock.json with the packages of other platforms, which npm leaves out if a registry lacks some of
// them, and with missing integrity hashes. `npm ci` refuses a lock file without those packages. Run it after
// `npm install` has changed the lock file.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

/** The platform of a package, from its name: `@biomejs/cli-linux-arm64-musl`. */
function platform(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => systems.includes(word));
  const cpu = words.find((word) => processors.includes(word));
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(os === 'linux' && libc && { libc: [libc] }) };
}

let added = 0;
for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const hoisted = `node_modules/${name}`;
    const fits = platform(name);
    if (lock.packages[hoisted] || lock.packages[`${path}/${hoisted}`] || !fits.os || !/^\d/.test(version)) continue;
    lock.packages[hoisted] = { version, ...fits, ...(dev && { dev }), optional: true };
    added += 1;
  }
}

/** The hash that the registry publishes; undefined if the registry does not hold the version. */
function publishedIntegrity(name, version) {
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    return (
      execFileSync(npm, ['view', `${name}@${version}`, 'dist.integrity'], { encoding: 'utf8' }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

let hashed = 0;
const unknown = [];
for (const [path, each] of Object.entries(lock.packages)) {
  const [, name] = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
  if (name === undefined || each.link || each.integrity) continue;
  const integrity = publishedIntegrity(name, each.version);
  if (integrity === undefined) {
    unknown.push(`${name}@${each.version}`);
    continue;
  }
  // In npm's order of keys: the hash stands behind the version.
  const { version, resolved, ...rest } = each;
  lock.packages[path] = { version, ...(resolved && { resolved }), integrity, ...rest };
  hashed += 1;
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms and ${hashed} integrity hashes added`);
if (unknown.length > 0) {
  console.log(`without an integrity hash, because the registry does not hold them: ${unknown.join(', ')}`);
  process.exitCode = 1;
}
