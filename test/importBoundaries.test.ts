// The walls between packages and phases, each with a violation planted in front of it: a wall that lets it pass has become vacuous.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const compiler = 'packages/compiler/src';

const biome = (cwd: string, ...args: readonly string[]) =>
  spawnSync(join(root, 'node_modules/.bin/biome'), [...args, '--colors=off', '--max-diagnostics=50'], {
    cwd,
    encoding: 'utf8',
  });

/** What is planted, where, and the rule that must see it. */
const violations = {
  'a phase imports another': [
    `${compiler}/3-plan/a.ts`,
    "import { read } from '../1-read/index.ts';",
    'noRestrictedImports',
  ],
  'check imports plan': [
    `${compiler}/2-check/rules/b.ts`,
    "import { read } from '../../3-plan/index.ts';",
    'noRestrictedImports',
  ],
  'emit imports check': [
    `${compiler}/4-emit/aws/c.ts`,
    "import { read } from '../../2-check/index.ts';",
    'noRestrictedImports',
  ],
  'an emitter imports an emitter': [
    `${compiler}/4-emit/aws/emitters/d.ts`,
    "import { read } from './roles.ts';",
    'noRestrictedImports',
  ],
  'an emitter imports a phase': [
    `${compiler}/4-emit/aws/emitters/e.ts`,
    "import { read } from '../../../3-plan/index.ts';",
    'noRestrictedImports',
  ],
  'the compiler reads files': [`${compiler}/f.ts`, "import { read } from 'node:fs';", 'noNodejsModules'],
  'the compiler knows an SDK': [
    `${compiler}/kinds/g.ts`,
    "import { read } from '@aws-sdk/client-ec2';",
    'noRestrictedImports',
  ],
  'the runner looks inside the compiler': [
    'packages/runner/src/h.ts',
    "import { read } from '../../compiler/src/plan.ts';",
    'noRestrictedImports',
  ],
  'the runner knows images': [
    'packages/runner/src/i.ts',
    "import { read } from '@i2kit/image';",
    'noRestrictedImports',
  ],
  'the image package knows stacks': [
    'packages/image/src/j.ts',
    "import { read } from '@i2kit/runner';",
    'noRestrictedImports',
  ],
  'the command line looks inside': [
    'packages/cli/src/k.ts',
    "import { read } from '@i2kit/compiler/src/plan.ts';",
    'noRestrictedImports',
  ],
  'two files import each other': [
    `${compiler}/l.ts`,
    "import { read } from './l2.ts';\nexport const other = read;",
    'noImportCycles',
  ],
} as const;

const allowed = [
  `${compiler}/3-plan/m.ts`,
  "import { read } from './rollout.ts';\nimport { pods } from '../kinds/shared/pods.ts';\npods();",
] as const;

describe('a planted violation is seen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-walls-'));
  let seen = '';
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\nread();\n`);
  };

  beforeAll(() => {
    cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [file, text] of Object.values(violations)) plant(file, text);
    plant(`${compiler}/l2.ts`, "import { other } from './l.ts';\nexport const read = () => other;");
    plant(...allowed);
    const { stdout, stderr } = biome(folder, 'lint', '--vcs-enabled=false');
    seen = stdout + stderr;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.entries(violations))('%s', (_, [file, , rule]) => {
    expect(seen).toMatch(new RegExp(`^${file}:\\d+:\\d+ lint/[a-z]+/${rule}`, 'm'));
  });

  test('and what is allowed passes', () => {
    expect(seen).not.toContain(`${allowed[0]}:`);
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
