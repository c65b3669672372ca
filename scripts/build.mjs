// Builds everything: generated checks, types and JavaScript of each package, the bundles of the command line, and the
// agent.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as buildAgent, canBuild } from '../packages/agent/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a step; its output is shown only if it fails. */
function step(name, ...command) {
  process.stderr.write(`build: ${name}\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}build: ${name} failed\n`);
  process.exit(1);
}

step('checks of manifests', 'packages/compiler/scripts/validators.mjs');
step('field support', 'packages/compiler/scripts/fieldSupport.mjs');
step('checks of settings', 'packages/cli/scripts/validators.mjs');
if (process.argv.includes('--generated')) process.exit();
step('types', 'node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json');
// The TypeScript compiler does not copy existing JavaScript.
for (const name of readdirSync(join(root, 'packages'))) {
  const generated = join(root, 'packages', name, 'src/generated');
  const dist = join(root, 'packages', name, 'dist');
  if (!existsSync(generated) || !existsSync(dist)) continue;
  cpSync(generated, join(dist, 'generated'), { recursive: true, filter: (path) => !/(?<!\.d)\.ts$/.test(path) });
}
step('bundle', 'scripts/bundle.mjs');
// Only images need the agent: a computer without Go builds everything else.
if (canBuild()) {
  process.stderr.write('build: agent\n');
  try {
    buildAgent(join(root, 'packages/cli/dist/agent'));
  } catch (error) {
    process.stderr.write(`build: ${error.message}: images cannot be built\n`);
  }
} else process.stderr.write('build: there is no Go on PATH, so images cannot be built: the agent is missing\n');
