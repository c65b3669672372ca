// The table of calls lists exactly the calls in the code; CloudFormation's calls are those in the types' schemas.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generated, types } from '../../scripts/permissions.mjs';
import { callPermissions } from '../../src/iamPolicy/callPermissions.ts';

const root = new URL('../../../..', import.meta.url).pathname;

/** SDK names of calls in a text: commands, paginators, waiters, and the image package's `send('HeadObject')`. */
function callsIn(text: string): string[] {
  const commands = [...text.matchAll(/\b([A-Z]\w+?)Command\b(?!Input|Output)/g)].map(([, name = '']) => name);
  const paged = [...text.matchAll(/\bpaginate([A-Z]\w+)/g)].map(([, name = '']) => name);
  const waited = text.includes('waitUntilResourceRecordSetsChanged') ? ['GetChange'] : [];
  const sent = [...text.matchAll(/\bsend\('([A-Z]\w+)'\)/g)].map(([, name = '']) => name);
  return [...commands, ...paged, ...waited, ...sent];
}

function sources(name: string): string[] {
  const folder = join(root, 'packages', name, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.includes('generated'),
  );
  // Only in files that use the SDK.
  return files
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((text) => /@aws-sdk\/client-|sender</.test(text));
}

test('every call of the code is in the table, and every call of the table in the code', () => {
  const made = new Set(['runner', 'cli', 'image'].flatMap(sources).flatMap(callsIn));
  expect(made.size).toBeGreaterThan(60);
  expect([...made].filter((name) => !Object.hasOwn(callPermissions, name))).toEqual([]);
  expect(Object.keys(callPermissions).filter((name) => !made.has(name))).toEqual([]);
});

test('a missing call would be found', () => {
  expect(
    callsIn(
      "await client.send(new sdk.RunInstancesCommand({})); sdk.paginateListUsers({ client }, {}); send('GetObjectAcl')",
    ),
  ).toEqual(['RunInstances', 'ListUsers', 'GetObjectAcl']);
});

test('read-only uses change nothing', () => {
  const looks = Object.entries(callPermissions).filter(([, { uses }]) => uses.includes('diff'));
  expect(
    looks.map(([name]) => name).filter((name) => !/^(Describe|Get|List|Head|Filter|DetectStackDrift)/.test(name)),
  ).toEqual([]);
  expect(callPermissions['GetSecretValue']?.uses).toEqual(['deploy']);
});

test("CloudFormation's permissions are those in the types' schemas", async () => {
  expect(types().length).toBeGreaterThan(25);
  const file = join(root, 'packages/runner/src/generated/resource-permissions.ts');
  expect(readFileSync(file, 'utf8')).toBe(await generated());
});
