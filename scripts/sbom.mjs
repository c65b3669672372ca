// Writes the software bill of materials of this project as SPDX 2.3: the npm packages that the command line is made of, and
// the Go modules of the agent. `i2kit image sbom` prints the one of an app's machine images.
//
//     npm run sbom -- DIRECTORY
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function output(command, args, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'));

/**
 * The packages of the command line, with the hashes of the lock file. `npm sbom --omit dev` would leave out those that the
 * tests need, too, and dates the document in a form that SPDX does not allow.
 */
export function npmDocument(now = Date.now()) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(packages).filter(
    ([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link,
  );
  const names = shipped.map(([path, { version: number, integrity = '' }]) => {
    const name = path.split('node_modules/').at(-1);
    const checksumValue = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
    return packageOf(name, number, `npm/${name.replace('@', '%40')}@${number}`, {
      checksums: [{ algorithm: 'SHA512', checksumValue }],
    });
  });
  return documentOf('i2kit', names, now);
}

/** The Go modules that the agent's binary is built of, with the hashes of go.sum. */
export function agentDocument(now = Date.now()) {
  const cwd = join(root, 'packages/agent');
  const format = '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}';
  const listed = output('go', ['list', '-deps', '-f', format, './cmd/i2kit-agent'], cwd);
  const sums = new Map(
    readFileSync(join(cwd, 'go.sum'), 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name, number, sum]) => [`${name} ${number}`, sum]),
  );
  const go = output('go', ['env', 'GOVERSION'], cwd).trim().replace(/^go/, '');
  const modules = [...new Set(listed.split('\n').filter(Boolean))].sort().map((line) => {
    const [name, number] = line.split(' ');
    return packageOf(name, number, `golang/${name}@${number}`, { comment: `go.sum ${sums.get(line)}` });
  });
  return documentOf('i2kit-agent', [packageOf('stdlib', go, `golang/stdlib@${go}`), ...modules], now);
}

const common = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
};

const packageOf = (name, versionInfo, purl, more = {}) => ({
  SPDXID: `SPDXRef-${`${name}-${versionInfo}`.replace(/[^A-Za-z0-9.]/g, '-')}`,
  name,
  versionInfo,
  ...common,
  externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: `pkg:${purl}` }],
  ...more,
});

function documentOf(name, parts, now) {
  const own = { SPDXID: 'SPDXRef-own', name, versionInfo: version, ...common, primaryPackagePurpose: 'APPLICATION' };
  // A package that is installed twice is listed once.
  const unique = [...new Map(parts.map((part) => [part.SPDXID, part])).values()];
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${name}@${version}`,
    documentNamespace: `https://i2kit.dev/spdx/${name}/${version}/${now}`,
    creationInfo: {
      created: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
      creators: [`Tool: i2kit-${version}`],
    },
    packages: [own, ...unique],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: own.SPDXID },
      ...unique.map(({ SPDXID }) => ({
        spdxElementId: own.SPDXID,
        relationshipType: 'CONTAINS',
        relatedSpdxElement: SPDXID,
      })),
    ],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? '.');
  mkdirSync(folder, { recursive: true });
  for (const [name, made] of Object.entries({ packages: npmDocument(), agent: agentDocument() })) {
    const file = join(folder, `${name}.spdx.json`);
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
    process.stdout.write(`${file}\n`);
  }
}
