// The software bills of materials are valid SPDX by SPDX's own library, and hold what is shipped.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentDocument, npmDocument } from '../../scripts/sbom.mjs';
import { ensureCheckov } from '../../scripts/testTools.mjs';
import { pythonEnvironment } from '../awsEmulator/emulator.ts';
import { createFolder } from '../fixtures/cli.ts';

interface Spdx {
  readonly packages: readonly {
    readonly name: string;
    readonly checksums?: readonly { readonly algorithm: string; readonly checksumValue: string }[];
    readonly externalRefs?: readonly { readonly referenceLocator: string }[];
  }[];
  readonly relationships: readonly { readonly spdxElementId: string; readonly relationshipType: string }[];
}

const root = new URL('../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'i2kit-sbom-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
import sys
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
for name in sys.argv[1:]:
    for each in validate_full_spdx_document(parse_file(name)):
        print(name, each.validation_message)
`;

/** What the library that SPDX maintains says against the documents; it is part of checkov's packages. */
async function faultsOf(documents: Readonly<Record<string, object>>): Promise<string> {
  const { python } = await ensureCheckov();
  const files = Object.entries(documents).map(([name, document]) => {
    const file = join(folder, `${name}.spdx.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  const { stdout, stderr } = spawnSync(python, ['-c', program, ...files], {
    encoding: 'utf8',
    env: pythonEnvironment(),
  });
  return stdout + stderr;
}

const imageDocument = async (): Promise<Spdx> => {
  const cli = createFolder('http://127.0.0.1:1', 'locked', { SOURCE_DATE_EPOCH: '1790000000' });
  try {
    const { code, stdout } = await cli.run('image', 'sbom', '-f', '.');
    expect(code).toBe(0);
    const again = await cli.run('image', 'sbom', '-f', '.');
    expect(again.stdout).toBe(stdout);
    return JSON.parse(stdout) as Spdx;
  } finally {
    cli.remove();
  }
};

test('machine images, npm packages and Go modules: valid SPDX with the digests that are locked', async () => {
  const images = await imageDocument();
  const npm = npmDocument();
  const agent = agentDocument();
  expect(await faultsOf({ images, npm, agent })).toBe('');
  const lock = JSON.parse(readFileSync(join(root, 'examples/locked/i2kit.lock.json'), 'utf8')) as {
    readonly images: Readonly<Record<string, string>>;
    readonly amis: Readonly<Record<string, unknown>>;
    readonly versions: Readonly<Record<string, string>>;
  };
  const sums = images.packages.flatMap(({ checksums = [] }) => checksums.map((each) => `sha256:${each.checksumValue}`));
  expect(new Set(sums)).toEqual(new Set([...Object.values(lock.images), lock.versions['agent-amd64']]));
  const names = images.packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(lock.amis).map((key) => `i2kit-${key}`)));
  expect(names).toEqual(expect.arrayContaining(['docker.io/library/nginx', 'i2kit-agent', 'linuxkit']));
  const contained = images.relationships.filter(({ relationshipType }) => relationshipType === 'CONTAINS');
  expect(contained).toHaveLength(new Set(sums).size);
  const shipped = npm.packages.map(({ name }) => name);
  expect(shipped).toEqual(expect.arrayContaining(['@aws-sdk/client-cloudformation', 'js-yaml', 'yargs']));
  expect(shipped).not.toContain('typescript');
  expect(agent.packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['stdlib', 'golang.org/x/sys']));
});

test('a document with a wrong date is seen as such', async () => {
  expect(await faultsOf({ wrong: { ...npmDocument(), creationInfo: { created: 'today', creators: [] } } })).toMatch(
    /today/,
  );
});

test('an image whose content is not locked: refused, with the missing digests', async () => {
  const cli = createFolder('http://127.0.0.1:1', 'hello');
  try {
    expect(await cli.run('image', 'sbom', '-f', '.')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('The lock has no digest of'),
    });
  } finally {
    cli.remove();
  }
});
