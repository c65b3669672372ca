// Other tools that read or write Kubernetes manifests: where they are, how to install them into .cache/bench, how to
// run them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const go = {
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1',
  helm: 'helm.sh/helm/v3/cmd/helm@v3.22.0',
};
const npm = ['cdk8s@2.70.106', 'constructs@10.4.2'];

/** Installs each missing tool. A failed installation is reported when the tool is needed. */
export function installPeers(cache) {
  const bin = join(cache, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, module] of Object.entries(go)) {
    if (existsSync(join(bin, name))) continue;
    console.error(`installing ${module} (minutes)`);
    spawnSync('go', ['install', module], {
      stdio: 'inherit',
      env: { ...process.env, GOBIN: bin, GOFLAGS: '-modcacherw' },
    });
  }
  if (existsSync(join(cache, 'node_modules/cdk8s'))) return;
  console.error(`installing ${npm.join(' ')}`);
  writeFileSync(join(cache, 'package.json'), '{ "private": true }\n');
  spawnSync('npm', ['install', '--prefix', cache, '--no-audit', '--no-fund', '--loglevel=error', ...npm], {
    stdio: 'inherit',
  });
}

/** `{ name, missing }`, or `{ name, what, command(inputs) }`. */
export function findPeers(cache) {
  const hint = 'npm run bench -- --peers installs it';
  const binary = (name, what, command) => {
    const path = join(cache, 'bin', name);
    if (existsSync(path))
      return { name: `${name} ${versionOf(go[name])}`, what, command: (inputs) => command(path, inputs) };
    const hasGo = spawnSync('go', ['version']).status === 0;
    return {
      name,
      missing: hasGo ? `it is not in .cache/bench (${hint})` : 'Go is not installed, so it cannot be built',
    };
  };
  const schemas = join(cache, 'schemas');
  return [
    binary('kubeconform', 'validates, emits nothing', (path, { plain }) => {
      writeSchemas(schemas);
      return [path, '-strict', '-schema-location', join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json'), plain];
    }),
    binary('kustomize', 'reads, orders and prints YAML', (path, { kustomize }) => [path, 'build', kustomize]),
    binary('helm', 'fills in a text template', (path, { chart }) => [path, 'template', 'bench', chart]),
    existsSync(join(cache, 'node_modules/cdk8s'))
      ? {
          name: `cdk8s ${versionOf(npm[0])}`,
          what: 'makes the objects by a program and writes YAML, without its own command line',
          command: ({ cdk8s }) => [process.execPath, join(cdk8s, 'app.cjs'), join(cdk8s, 'dist')],
        }
      : { name: 'cdk8s', missing: `it is not in .cache/bench (${hint})` },
  ];
}

const versionOf = (pinned) => pinned.slice(pinned.lastIndexOf('@') + 1).replace(/^v/, '');

/** With schemas of the same Kubernetes version as i2kit, and equally strict about unknown fields. */
function writeSchemas(folder) {
  mkdirSync(folder, { recursive: true });
  const { definitions } = JSON.parse(
    readFileSync(new URL('../packages/compiler/schema/kubernetes.json', import.meta.url), 'utf8'),
  );
  for (const [file, kind] of [
    ['deployment-apps-v1', 'Deployment'],
    ['service-v1', 'Service'],
  ]) {
    writeFileSync(
      join(folder, `${file}.json`),
      JSON.stringify({ $ref: `#/definitions/${kind}`, definitions: closed(definitions) }),
    );
  }
}

const closed = (definitions) =>
  Object.fromEntries(
    Object.entries(definitions).map(([name, one]) => [
      name,
      one.properties ? { additionalProperties: false, ...one } : one,
    ]),
  );
