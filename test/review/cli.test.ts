// `i2kit diff` as users run it, in a repository, without an account.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

let folder: WorkingFolder;
const nowhere = 'http://127.0.0.1:9';

beforeEach(() => {
  folder = createFolder(nowhere, 'voting');
});
afterEach(() => folder.remove());

/** Runs git in the folder, without the user's own configuration. */
const git = (...args: readonly string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main', ...args],
    {
      cwd: folder.cwd,
    },
  );

function committed(): void {
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'First');
}

test('against a commit: nothing, and then what was changed, with its line', async () => {
  committed();
  expect(await folder.run('diff', '-f', '.', '--against', 'git:HEAD')).toEqual({
    code: 0,
    stdout: 'default-voting: No changes\n',
    stderr: '',
  });
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: 5');
  const { code, stdout, stderr } = await folder.run('diff', '-f', '.', '--against', 'git:HEAD');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toContain('Deployment/vote  vote.yaml:2\n  SCALE      3 → 5 machines\n');
  expect((await folder.run('diff', '-f', '.', '--against', 'git:HEAD', '--exit-zero')).code).toBe(0);
});

test('a folder below the top, a file that came, and one that went', async () => {
  committed();
  mkdirSync(join(folder.cwd, 'sub'));
  git('mv', 'worker.yaml', 'sub/worker.yaml');
  folder.edit('i2kit.yaml', / {2}worker: .*\n/, '');
  const { code, stdout } = await folder.run('diff', '-f', '.', '--against', 'git:HEAD');
  expect(code).toBe(1);
  expect(stdout).toContain('Deployment/worker  worker.yaml:');
  expect(stdout).toMatch(/DESTROY {4}1 machine\n/);
});

test('a component of machine images that the lock file has at another digest', async () => {
  const lock = (digit: string) =>
    JSON.stringify({ version: 1, images: { 'linuxkit/kernel:6.12.59': `sha256:${digit.repeat(64)}` } });
  folder.write('i2kit.lock.json', lock('a'));
  committed();
  folder.write('i2kit.lock.json', lock('b'));
  const { code, stdout } = await folder.run('diff', '-f', '.', '--against', 'git:HEAD');
  expect(code).toBe(1);
  expect(stdout).toContain('UPDATE     machine images are built from other digests of linuxkit/kernel:6.12.59\n');
  expect(stdout).toMatch(/~ \(lock\)\[linuxkit\/kernel:6\.12\.59\]:\s+sha256:a+ →\s+sha256:b+/);
});

test('the working tree, the index and the commit stay as they are', async () => {
  committed();
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: 4');
  const before = git('status', '--porcelain').toString();
  await folder.run('diff', '-f', '.', '--against', 'git:HEAD');
  expect(git('status', '--porcelain').toString()).toBe(before);
});

test.each([
  ['a commit that is not there', ['--against', 'git:nowhere'], "git finds no commit 'nowhere' here"],
  [
    'a word that git would take for an option',
    ['--against', 'git:--output=x'],
    "git finds no commit '--output=x' here",
  ],
  ['a directory that is not there', ['--against', 'nowhere'], 'The directory nowhere does not exist'],
])('%s', async (_, flags, said) => {
  committed();
  const { code, stdout, stderr } = await folder.run('diff', '-f', '.', ...flags);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
});

test('outside of a repository', async () => {
  expect(await folder.run('diff', '-f', '.', '--against', 'git:HEAD')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Not a git repository'),
  });
});

test('against templates that were synthesized, in every form', async () => {
  await folder.run('synth', '-f', '.', '-d', 'out');
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: 5');
  const form = async (name: string) => (await folder.run('diff', '-f', '.', '--against', 'out', '-o', name)).stdout;
  const json = JSON.parse(await form('json'));
  expect(json.stacks[0].effects).toMatchObject([
    { verb: 'SCALE', object: 'Deployment/default/vote', place: { file: 'vote.yaml', line: 2 } },
  ]);
  const { stdout: schema } = await folder.run('schema', 'review');
  const valid = new Ajv({ allErrors: true }).compile(JSON.parse(schema));
  expect([valid(json), valid.errors]).toEqual([true, null]);
  const markdown = await form('md');
  expect(markdown.split('\n')[0]).toBe('<!-- i2kit review -->');
  expect(markdown).toContain('| SCALE | Deployment/vote <sub>vote.yaml:2</sub> | 3 → 5 machines |');
  const html = await form('html');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<script|<link|https?:/);
});

test('payloads of a directory count by their bytes, not by their names', async () => {
  const noise = Array.from({ length: 3000 }, (_, at) => `${(at * 2_654_435_761) % 4_294_967_296}`).join(' ');
  const deployment = (privileged: boolean) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'big' },
    spec: {
      selector: { matchLabels: { app: 'big' } },
      template: {
        metadata: { labels: { app: 'big' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'a:1',
              env: [{ name: 'NOISE', value: noise }],
              ...(privileged && { securityContext: { privileged } }),
            },
          ],
        },
      },
    },
  });
  const write = (privileged: boolean) => folder.write('big.json', JSON.stringify(deployment(privileged)));
  folder.write('i2kit.yaml', 'app: big\nregion: eu-west-1\nimages: { big: ami-0123456789abcdef0 }\n');
  const flags = ['-f', 'big.json'];
  write(false);
  expect((await folder.run('synth', ...flags, '-d', 'out', '-q')).code).toBe(0);
  write(true);
  expect((await folder.run('synth', ...flags, '-d', 'other', '-q')).code).toBe(0);
  const [asset, other] = ['out', 'other'].map((name) => readdirSync(join(folder.cwd, name, 'assets'))[0]);
  copyFileSync(join(folder.cwd, 'other/assets', other ?? ''), join(folder.cwd, 'out/assets', asset ?? ''));
  const { stdout } = await folder.run('diff', ...flags, '--against', 'out');
  expect(stdout).toContain('gains privileges: containers[main] privileged [rights]');
});

test('a stack that cannot be asked for', async () => {
  const { code, stdout, stderr } = await folder.run('diff', '-f', '.');
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain('refuses the connection');
});

test('the published schema is that of the table of verbs', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../packages/cli/schema/review.schema.json', import.meta.url), 'utf8'),
  );
  expect(schema.properties.version.const).toBe(1);
});
