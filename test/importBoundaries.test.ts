// Import boundaries: each pair of folders that may not import each other is planted once and seen.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { allows, boundaries, unitOf, violations } from '../scripts/boundaries.mjs';
import { importsIn, importsOf, targetOf } from '../scripts/imports.mjs';

const root = new URL('..', import.meta.url).pathname;
const compiler = 'packages/compiler/src';

const biome = (cwd: string, ...args: readonly string[]) =>
  spawnSync(join(root, 'node_modules/.bin/biome'), [...args, '--colors=off', '--max-diagnostics=50'], {
    cwd,
    encoding: 'utf8',
  });

const units = Object.keys(boundaries);
const fileIn = (unit: string, name: string): string => {
  const [packageName = '', ...folders] = unit.split('/');
  return join('packages', packageName, 'src', ...folders, name);
};
const relativePath = (from: string, to: string): string => {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
};

/** Import statements of a planted file, as the check reads them from the tree. */
const planted = (file: string, text: string) =>
  importsIn(text).map((each) => ({ ...each, file, target: targetOf(file, each.specifier) }));

/** Every way to write an import. */
const forms: readonly ((path: string) => string)[] = [
  (path) => `import { value } from '${path}';`,
  (path) => `import type { Value } from '${path}';`,
  (path) => `export * from '${path}';`,
  (path) => `export { value,\n  other,\n} from '${path}';`,
  (path) => `const module = await import('${path}');`,
  (path) => `import '${path}';`,
];

const forbidden = units.flatMap((from) => units.filter((to) => !allows(from, to)).map((to) => [from, to] as const));

test.each(units)('%s may import nothing but what its line lists', (from) => {
  for (const [, to] of forbidden.filter(([unit]) => unit === from)) {
    const file = fileIn(from, 'planted.ts');
    const path = relativePath(file, fileIn(to, 'target.ts'));
    for (const form of forms) expect([to, violations(planted(file, form(path)))]).toEqual([to, [expect.any(String)]]);
  }
});

test('most pairs are forbidden, and what is allowed passes', () => {
  expect(forbidden.length).toBeGreaterThan(units.length * units.length * 0.7);
  const file = fileIn('compiler/3-plan', 'planted.ts');
  const text = "import { a } from './rollout.ts';\nimport { b } from '../kinds/shared/pods.ts';";
  expect(violations(planted(file, text))).toEqual([]);
});

test.each([
  ['common', 'node:fs'],
  ['common', '@i2kit/compiler'],
  ['compiler', 'node:fs'],
  ['compiler/kinds', '@aws-sdk/client-ec2'],
  ['compiler/3-plan', '@i2kit/runner'],
  ['review', '@i2kit/compiler'],
  ['runner', '@i2kit/review'],
  ['runner', '@i2kit/image'],
  ['image', '@i2kit/review'],
  ['image', '@i2kit/runner'],
  ['cli', '@i2kit/compiler/src/plan.ts'],
  ['cli', '@aws-sdk/client-ec2'],
  ['cli/config', '@i2kit/runner'],
])('%s may not import the package %s', (unit, specifier) => {
  expect(violations(planted(fileIn(unit, 'planted.ts'), `import { value } from '${specifier}';`))).toHaveLength(1);
});

test('a folder without a line of its own has that of its package', () => {
  expect(unitOf('packages/runner/src/deploy/execute.ts')).toBe('runner');
  expect(unitOf('packages/compiler/src/2-check/rules/names.ts')).toBe('compiler/2-check');
  expect(violations(planted('packages/unknown/src/a.ts', "import { a } from 'yaml';"))).toHaveLength(1);
});

test('the tree keeps to the allow-list, and the check reads all of it', () => {
  const imports = importsOf(root);
  expect(violations(imports)).toEqual([]);
  expect(imports.length).toBeGreaterThan(2_000);
});

/** What the linter has to see. */
const lintViolations = {
  'the compiler reads files': [`${compiler}/f.ts`, "import { read } from 'node:fs';", 'noNodejsModules'],
  'two files import each other': [
    `${compiler}/l.ts`,
    "import { read } from './l2.ts';\nexport const other = read;",
    'noImportCycles',
  ],
} as const;

describe('the linter sees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-boundaries-'));
  let seen = '';
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\nread();\n`);
  };

  beforeAll(() => {
    cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [file, text] of Object.values(lintViolations)) plant(file, text);
    plant(`${compiler}/l2.ts`, "import { other } from './l.ts';\nexport const read = () => other;");
    const { stdout, stderr } = biome(folder, 'lint', '--vcs-enabled=false');
    seen = stdout + stderr;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.entries(lintViolations))('%s', (_, [file, , rule]) => {
    expect(seen).toMatch(new RegExp(`^${file}:\\d+:\\d+ lint/[a-z]+/${rule}`, 'm'));
  });
});

test('the compiler sees no clock, no process, no timers and no network', () => {
  const folder = mkdtempSync(join(root, 'packages/compiler/planted-'));
  const names = ['process', 'setTimeout', 'fetch', 'Buffer', 'require', 'performance'];
  try {
    writeFileSync(join(folder, 'planted.ts'), `export const a = [${names.join(', ')}];\n`);
    const compilerOptions = { composite: false, noEmit: true, rootDir: '.' };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../tsconfig.json', compilerOptions, include: ['planted.ts'] }),
    );
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
    for (const name of names) expect(stdout).toContain(`'${name}'`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the tree holds to them, and is formatted', () => {
  const { status, stdout, stderr } = biome(root, 'ci', '--diagnostic-level=error');
  expect(status === 0 ? '' : stdout + stderr).toBe('');
});
