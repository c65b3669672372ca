// Each package declares the packages that its sources import, and no others.
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { importsOf } from '../scripts/imports.mjs';

const root = new URL('..', import.meta.url).pathname;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Imported for types only, or part of the package's bundle. */
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

const folders = readdirSync(join(root, 'packages')).filter((name) =>
  readdirSync(join(root, 'packages', name)).includes('package.json'),
);
const imports = importsOf(root).filter(({ specifier }) => !specifier.startsWith('.') && !isBuiltin(specifier));

/** `@aws-sdk/client-s3` of `@aws-sdk/client-s3/dist/x`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const importedBy = (folder: string): readonly string[] => [
  ...new Set(
    imports.filter(({ file }) => file.startsWith(`packages/${folder}/`)).map(({ specifier }) => packageOf(specifier)),
  ),
];

test.each(folders)('%s', (folder) => {
  const { dependencies = {}, devDependencies = {} } = manifestOf(`packages/${folder}`);
  expect(Object.keys({ ...dependencies, ...devDependencies }).sort()).toEqual([...importedBy(folder)].sort());
});

test('one version of each package', () => {
  const own = Object.fromEntries(
    folders.map((folder) => manifestOf(`packages/${folder}`)).map((each) => [each.name, each.version]),
  );
  const versions = new Map<string, Set<string>>();
  for (const folder of ['', ...folders.map((name) => `packages/${name}`)]) {
    const { dependencies = {}, devDependencies = {} } = manifestOf(folder);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  expect([...versions].filter(([name, all]) => all.size > 1 || (name in own && !all.has(own[name] ?? '')))).toEqual([]);
});
