// Every package that an installation takes is pinned: npm's by a hash, Python's by a version, Go's by its checksums.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const tracked = (glob: string): readonly string[] =>
  execFileSync('git', ['ls-files', glob], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** Part of another package's archive, whose hash covers it. */
  readonly inBundle?: boolean;
}

type LockedPackages = Readonly<Record<string, LockedPackage>>;

const faultsOf = (packages: LockedPackages): readonly string[] =>
  Object.entries(packages).flatMap(([path, { integrity, link, inBundle, resolved }]) => {
    if (!path.includes('node_modules/') || link || inBundle) return [];
    return [
      ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${path} has no sha512 hash`]),
      ...(resolved === undefined ? [] : [`${path} comes from ${resolved}`]),
    ];
  });

test('a package without a hash, and one from another place, are seen', () => {
  const packages = {
    '': {},
    'node_modules/none': { version: '1.0.0' },
    'node_modules/old': { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
    'node_modules/git': { integrity: `sha512-${'A'.repeat(86)}==`, resolved: 'git+ssh://example.com/git.git' },
    'node_modules/workspace': { link: true },
  };
  expect(faultsOf(packages)).toEqual([
    'node_modules/none has no sha512 hash',
    'node_modules/old has no sha512 hash',
    'node_modules/git comes from git+ssh://example.com/git.git',
  ]);
});

test.each(tracked('*package-lock.json'))('%s holds a hash of every package, and no other source', (file) => {
  const { packages } = JSON.parse(read(file)) as { readonly packages: LockedPackages };
  expect(Object.keys(packages).length).toBeGreaterThan(2);
  expect(faultsOf(packages)).toEqual([]);
});

test.each(tracked('test/validators/requirements*.txt'))('%s pins every package', (file) => {
  const lines = read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => !/^[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*$/.test(line))).toEqual([]);
});

test.each(tracked('*go.mod'))('%s has the checksum of every required module', (file) => {
  const text = read(file);
  // A replaced module is another one, which has its own checksum.
  const replaced = new Set([...text.matchAll(/^(?:replace )?\t?(\S+)(?: \S+)? => /gm)].map(([, name]) => name));
  const required = [...text.matchAll(/^(?:require )?\t?([\w./~-]+\.[\w./~-]+) (v\S+)/gm)]
    .filter(([, name]) => !replaced.has(name))
    .map(([, name, version]) => `${name} ${version}`);
  const sums = required.length === 0 ? '' : read(file.replace(/go\.mod$/, 'go.sum'));
  expect(required.filter((each) => !sums.includes(`${each}/go.mod h1:`))).toEqual([]);
});
