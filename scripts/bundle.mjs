// Bundles the command line into packages/cli/dist: i2kit.cjs with V8's compiled code, and the bundles that it loads
// on demand: aws.cjs for AWS, review.cjs for reviews, drawing.cjs for diagrams, and image.cjs for images.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli');
// Tests and benchmarks bundle a compiler of their own into another folder.
const { values } = parseArgs({ options: { package: { type: 'string', default: cli }, compiler: { type: 'string' } } });
const folder = join(resolve(values.package), 'dist');
const bundle = join(folder, 'i2kit.cjs');

const sample = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

/** The options of all bundles. */
const common = {
  bundle: true,
  write: false,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  conditions: ['source'],
  charset: 'ascii',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // A script in a context of its own cannot call import(); modules outside of the bundle are required.
  supported: { 'dynamic-import': false },
};

/** Each part is src/bundles/<name>.ts and becomes dist/<name>.cjs. */
const parts = ['aws', 'review', 'drawing', 'image'];

const { outputFiles } = await build({
  ...common,
  entryPoints: [join(cli, 'src/entry.ts')],
  // The browser build has the same functions; the one for Node loads worker threads, which takes longer than our
  // compression.
  alias: { fflate: 'fflate/browser' },
  // Variables that only an ES module has; yargs uses them.
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: 'const __bundleUrl = require("url").pathToFileURL(__filename).href;' },
  plugins: [apart(), ...(values.compiler ? [replaced(resolve(values.compiler))] : [])],
});
const [{ contents }] = outputFiles;
const loaded = await Promise.all(
  parts.map((name) => build({ ...common, entryPoints: [join(cli, 'src/bundles', `${name}.ts`)] })),
);
const hash = createHash('sha256').update(contents).digest('hex').slice(0, 16);

mkdirSync(join(folder, 'schema'), { recursive: true });
for (const name of readdirSync(join(cli, 'schema')))
  copyFileSync(join(cli, 'schema', name), join(folder, 'schema', name));
copyFileSync(join(root, 'packages/compiler/contract/agent-v1.schema.json'), join(folder, 'schema/agent.schema.json'));
for (const name of readdirSync(folder)) if (/^i2kit\.cjs\..*\.(cache|tmp)$/.test(name)) rmSync(join(folder, name));
// A command that runs meanwhile sees either the old bundle or the new one.
for (const [at, name] of parts.entries()) {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(`${file}.new`, loaded[at].outputFiles[0].contents);
  renameSync(`${file}.new`, file);
}
writeFileSync(`${bundle}.new`, `// ${hash}\n${Buffer.from(contents).toString('latin1')}`, 'latin1');
renameSync(`${bundle}.new`, bundle);
warm();
// Not for a bundle with a test's own compiler.
if (folder === join(cli, 'dist')) await action();

/** The GitHub Action: a bundle beside its action.yml, with a copy of the command line that it runs. */
async function action() {
  const dist = join(root, 'packages/action/dist');
  const entry = join(root, 'packages/action/src/index.ts');
  const [{ contents: text }] = (await build({ ...common, entryPoints: [entry] })).outputFiles;
  const copies = {
    'bin/i2kit.js': 'bin/i2kit.cjs',
    'dist/i2kit.cjs': 'dist/i2kit.cjs',
    'dist/review.cjs': 'dist/review.cjs',
  };
  for (const [from, to] of Object.entries(copies)) {
    mkdirSync(dirname(join(dist, 'i2kit', to)), { recursive: true });
    copyFileSync(join(cli, from), join(dist, 'i2kit', to));
  }
  writeFileSync(join(dist, 'index.cjs'), text);
}

/** Compiles an app once, so that the code of a compilation is in the cache. */
function warm() {
  const scratch = mkdtempSync(join(tmpdir(), 'i2kit-'));
  try {
    const example = join(root, 'examples/voting');
    const input = existsSync(example) ? example : join(scratch, 'web.yaml');
    if (input !== example) writeFileSync(input, sample);
    writeFileSync(join(scratch, 'i2kit.yaml'), 'app: warm\nregion: eu-west-1\n');
    const command = [join(resolve(values.package), 'bin/i2kit.js'), 'synth', '-f', input];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: scratch, encoding: 'utf8' });
    if (status === 0 || status === 2) return;
    process.stderr.write(`The bundle does not run:\n${stderr}`);
    // Otherwise the next set-up would consider it built.
    rmSync(bundle);
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A plugin that excludes the parts: main.ts requires each from its place beside bin/i2kit.js. */
function apart() {
  const main = join(cli, 'src/main.ts');
  return {
    name: 'parts',
    setup: (build) =>
      build.onResolve({ filter: /\/bundles\/\w+\.ts$/ }, ({ path, importer }) => {
        const name = parts.find((part) => path === `./bundles/${part}.ts`);
        return importer === main && name ? { path: `../dist/${name}.cjs`, external: true } : undefined;
      }),
  };
}

/** A plugin that replaces src/compiler.ts by another module. */
function replaced(path) {
  const entry = join(cli, 'src/entry.ts');
  return {
    name: 'compiler',
    setup: (build) =>
      build.onResolve({ filter: /\/compiler\.ts$/ }, ({ importer }) => (importer === entry ? { path } : undefined)),
  };
}
