// Sections of the benchmark: each has cases, and each case is a command in a folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputs, perApp } from './inputs.mjs';
import { median } from './measure.mjs';

const node = process.execPath;
const nothing = { name: '`node -e 0`', command: [node, '-e', '0'] };
const i2kit = (root, ...words) => [node, join(root, 'packages/cli/bin/i2kit.js'), ...words];

/** Third-party applications that compile unmodified. */
const corpus = ['voting', 'guestbook', 'online-boutique', 'sock-shop'];

export function startUp(root) {
  const data = process.env.I2KIT_SHARED_DATA ?? join(root, '../shared/data');
  const present = corpus.filter((name) => existsSync(join(data, 'corpus', name)));
  const count = (name) => readdirSync(join(data, 'corpus', name)).length;
  return {
    title: 'Whole processes',
    text: 'The time that a user waits, from the shell to the end. The last rows are third-party applications, unmodified.',
    cases: [
      nothing,
      { name: '`i2kit version`', command: i2kit(root, 'version') },
      { name: '`i2kit explain Deployment`', command: i2kit(root, 'explain', 'Deployment') },
      {
        name: '`i2kit validate`, examples/voting',
        command: i2kit(root, 'validate', '-f', '.'),
        cwd: join(root, 'examples/voting'),
      },
      {
        name: '**`i2kit synth`, examples/voting**',
        command: i2kit(root, 'synth', '-f', '.'),
        cwd: join(root, 'examples/voting'),
        limit: 2.5,
      },
      {
        name: '`i2kit synth`, examples/hello',
        command: i2kit(root, 'synth', '-f', '.'),
        cwd: join(root, 'examples/hello'),
      },
      ...present.map((name) => ({
        name: `\`i2kit synth\`, ${name} (${count(name)} ${count(name) === 1 ? 'file' : 'files'})`,
        command: i2kit(root, 'synth', '-f', '.', '--app', name, '--region', 'eu-west-1'),
        cwd: join(data, 'corpus', name),
      })),
    ],
  };
}

const synth = (root, plain) => i2kit(root, 'synth', '-q', '-f', plain, '--app', 'bench', '--region', 'eu-west-1');

export function beside({ root, cache, peers }) {
  const made = inputs(cache, 10);
  return {
    title: 'Other tools: 10 Deployments with a Service each',
    text: 'Each tool does something different with the same objects: only i2kit makes a template of AWS resources.',
    cases: [
      nothing,
      { name: '**`i2kit synth`**: checks, and compiles to AWS', command: synth(root, made.plain) },
      {
        name: '`i2kit validate`',
        command: i2kit(root, 'validate', '-q', '-f', made.plain, '--app', 'bench', '--region', 'eu-west-1'),
      },
      ...peersOn(peers, made),
    ],
  };
}

/** A review in which every workload's machines are replaced, of some 450 resources. */
export function reviewing({ root, cache }) {
  const { folder, plain } = inputs(cache, 44);
  const [out, changed] = [join(folder, 'out'), join(folder, 'changed')];
  const settings = ['--app', 'bench', '--region', 'eu-west-1'];
  execFileSync(node, [...i2kit(root, 'synth').slice(1), '-q', '-f', plain, ...settings, '-d', out], {
    stdio: 'ignore',
  });
  mkdirSync(changed, { recursive: true });
  for (const name of readdirSync(plain)) {
    writeFileSync(
      join(changed, name),
      readFileSync(join(plain, name), 'utf8').replaceAll('value: info', 'value: debug'),
    );
  }
  return {
    title: 'A review: 44 Deployments with a Service each, 448 resources; each workload changes',
    text: 'The budget is 1 s of wall time on an idle machine.',
    cases: [
      nothing,
      { name: '`i2kit synth` of the same', command: i2kit(root, 'synth', '-q', '-f', changed, ...settings) },
      {
        name: '**`i2kit diff`**',
        command: i2kit(root, 'diff', '-q', '-f', changed, ...settings, '--against', out, '--exit-zero'),
      },
      {
        name: '`i2kit diff -o html`, with the diagram',
        command: i2kit(root, 'diff', '-q', '-f', changed, ...settings, '--against', out, '--exit-zero', '-o', 'html'),
      },
    ],
  };
}

const peersOn = (peers, made) =>
  peers
    .filter(({ missing }) => !missing)
    .map(({ name, what, command }) => ({ name: `${name}: ${what}`, command: command(made) }));

export function scaling({ root, cache, peers, compiler, services }) {
  const made = inputs(cache, services);
  const cli = services <= perApp ? [{ name: '**`i2kit synth`**', command: synth(root, made.plain) }] : [];
  return {
    title: `Scaling: ${services.toLocaleString('en')} ${services === 1 ? 'service' : 'services'}, ${(2 * services).toLocaleString('en')} objects`,
    cases: [
      nothing,
      ...cli,
      {
        name: `**i2kit's compiler** in one process, apps of ${Math.min(perApp, services)}`,
        command: [node, compiler, made.apps],
      },
      ...peersOn(peers, made),
    ],
  };
}

export function large({ cache, compiler }) {
  const { apps } = inputs(cache, 1000);
  const told = ({ printed }) => {
    const runs = printed.map((text) => JSON.parse(text));
    const [{ apps: count, bytes, resources }] = runs;
    const compiling = Math.round(median(runs.map(({ milliseconds }) => milliseconds)));
    const made = `${count} apps, ${resources.toLocaleString('en')} resources, ${(bytes / 1e6).toFixed(1)} MB of templates`;
    return `${made}. Of the time, ${compiling} ms are reading, compiling and writing JSON; the rest is the start of Node and the loading of the compiler.`;
  };
  return {
    title: `1,000 Deployments with Services, as ${1000 / perApp} apps of ${perApp} in one process`,
    text: 'The budget is 1.5 s of wall time on an idle machine.',
    cases: [nothing, { name: "i2kit's compiler", command: [node, compiler, apps], told }],
  };
}
