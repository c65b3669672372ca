// The action as a workflow runs it: its bundle, with recorded events, in a repository of its own, against a stand-in for GitHub.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commentMarker } from '@i2kit/review';
import { parse } from 'yaml';
import { ensureBuilt } from '../../../scripts/fresh.mjs';
import { type FakeGithub, startFakeGithub } from './fakeGithub.ts';

await ensureBuilt();

const here = import.meta.dirname;
const root = join(here, '../../..');
const action = parse(readFileSync(join(here, '../action.yml'), 'utf8'));
const bundle = join(here, '..', action.runs.main);

let api: FakeGithub;
let cwd: string;

const git = (folder: string, ...args: readonly string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  ).trim();
const edit = (from: string | RegExp, to: string, name = 'vote.yaml') =>
  writeFileSync(join(cwd, name), readFileSync(join(cwd, name), 'utf8').replace(from, to));

beforeEach(async () => {
  api = await startFakeGithub();
  cwd = mkdtempSync(join(tmpdir(), 'i2kit-action-'));
  cpSync(join(root, 'examples/voting'), cwd, { recursive: true });
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'First');
});
afterEach(async () => {
  await api.close();
  rmSync(cwd, { recursive: true, force: true });
});

/** Runs it with the inputs that action.yml has, but for those that are given. */
async function run(
  event: string,
  inputs: Readonly<Record<string, string>> = {},
  { folder = cwd, base = git(cwd, 'rev-parse', 'HEAD'), variables = {} } = {},
) {
  const runner = mkdtempSync(join(tmpdir(), 'i2kit-runner-'));
  const files = { event: join(runner, 'event.json'), output: join(runner, 'output'), summary: join(runner, 'summary') };
  writeFileSync(files.event, readFileSync(join(here, 'events', `${event}.json`), 'utf8').replace('BASE', base));
  const defaults = Object.fromEntries(
    Object.entries(action.inputs as Record<string, { default: string }>).map(([name, each]) => [name, each.default]),
  );
  const given = Object.entries({ ...defaults, token: 'token-of-tests', ...inputs }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    GITHUB_WORKSPACE: folder,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_API_URL: api.url,
    RUNNER_TEMP: runner,
    ...variables,
    ...Object.fromEntries(given),
  };
  const child = spawn(process.execPath, [bundle], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const [code] = await once(child, 'close');
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const outputs = Object.fromEntries(
    [...read(files.output).matchAll(/^([\w-]+)<<(end-\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [
      name,
      value,
    ]),
  );
  const review = outputs['review'] ? JSON.parse(read(outputs['review'])) : undefined;
  return { code, log, outputs, review, summary: read(files.summary) };
}

test('a pull request: comment, summary and outputs; nothing is destroyed, so it passes', async () => {
  edit('replicas: 3', 'replicas: 5');
  const { code, log, outputs, review, summary } = await run('pull-request');
  expect([code, log]).toEqual([0, expect.stringContaining('::notice::The review is in the comment')]);
  expect(summary.split('\n')[0]).toBe(commentMarker);
  expect(summary).toContain('| SCALE | Deployment/vote <sub>vote.yaml:2</sub> | 3 → 5 machines |');
  expect(api.comments.map(({ body }) => body)).toEqual([summary]);
  expect(outputs).toMatchObject({
    changed: 'true',
    'failed-on': '',
    verdict: expect.stringMatching(/^default-voting: .*3 → 5 machines/),
  });
  expect(review).toMatchObject({ version: 1, stacks: [{ effects: [{ verb: 'SCALE' }] }] });
});

test('the next push changes the same comment', async () => {
  edit('replicas: 3', 'replicas: 5');
  await run('pull-request');
  edit('replicas: 5', 'replicas: 3');
  const { outputs } = await run('pull-request');
  expect(outputs['changed']).toBe('false');
  expect(api.comments.map(({ body }) => body)).toEqual([`${commentMarker}\n### i2kit: no changes\n`]);
});

test('what is destroyed fails the check, after it was said', async () => {
  rmSync(join(cwd, 'worker.yaml'));
  edit(/ {2}worker: .*\n/, '', 'i2kit.yaml');
  const { code, log, outputs } = await run('pull-request');
  expect([code, outputs['failed-on']]).toEqual([1, 'DESTROY']);
  expect(log).toMatch(
    /^::error::The review contains effects that fail-on names: DESTROY \(Deployment\/default\/worker/m,
  );
  expect(api.comments).toHaveLength(1);
  expect((await run('pull-request', { 'fail-on': 'none' })).code).toBe(0);
  expect((await run('pull-request', { 'fail-on': 'replace, data' })).code).toBe(0);
});

test('a guard can be a policy', async () => {
  edit('port: 80,', 'port: 81,');
  expect((await run('pull-request', { 'fail-on': 'network' })).outputs['failed-on']).toBe('network');
});

test('a request from a fork: no right to comment, no crash, and a summary', async () => {
  api.readOnly = true;
  edit('replicas: 3', 'replicas: 5');
  const { code, log, summary } = await run('fork-pull-request');
  expect([code, api.comments]).toEqual([0, []]);
  expect(log).toContain('::warning::The token may not comment, which is usual for pull requests from forks');
  expect(summary).toContain('3 → 5 machines');
});

test('a push has no comment', async () => {
  edit('replicas: 3', 'replicas: 5');
  const { code, outputs, summary } = await run('push');
  expect([code, outputs['changed'], api.requests]).toEqual([0, 'true', []]);
  expect(summary).toContain('3 → 5 machines');
});

test('nor has who wants none', async () => {
  edit('replicas: 3', 'replicas: 5');
  expect((await run('pull-request', { comment: 'false' })).code).toBe(0);
  expect(api.requests).toEqual([]);
});

test('a shallow checkout fetches the base, and a folder below is a working directory', async () => {
  const origin = mkdtempSync(join(tmpdir(), 'i2kit-origin-'));
  cpSync(cwd, join(origin, 'apps/voting'), { recursive: true, filter: (path) => !path.includes('.git') });
  git(origin, 'init', '-q');
  git(origin, 'add', '-A');
  git(origin, 'commit', '-qm', 'First');
  const base = git(origin, 'rev-parse', 'HEAD');
  writeFileSync(
    join(origin, 'apps/voting/vote.yaml'),
    readFileSync(join(cwd, 'vote.yaml'), 'utf8').replace('replicas: 3', 'replicas: 5'),
  );
  git(origin, 'commit', '-qam', 'Second');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const folder = join(origin, 'shallow');
  git(origin, 'clone', '-q', '--depth=1', `file://${origin}`, folder);
  expect(git(folder, 'rev-list', '--count', 'HEAD')).toBe('1');
  const { code, summary } = await run('pull-request', { 'working-directory': 'apps/voting' }, { folder, base });
  expect([code, summary]).toEqual([0, expect.stringContaining('3 → 5 machines')]);
  rmSync(origin, { recursive: true, force: true });
});

test.each([
  ['a policy that is none', { 'fail-on': 'DESTROY,BREAK' }, 'fail-on takes none, or a list of CREATE'],
  ['a commit that is nowhere', { base: 'gone' }, 'The commit gone is not in this checkout'],
  ['a commit that git would take for an option', { base: '--upload-pack=touch x' }, 'is not in this checkout'],
])('%s', async (_, inputs, said) => {
  const { code, log } = await run('pull-request', inputs);
  expect([code, log]).toEqual([1, expect.stringContaining(`::error::`)]);
  expect(log).toContain(said);
});

test('manifests that are wrong are said with their line', async () => {
  edit('replicas: 3', 'replicas: many');
  const { code, log } = await run('pull-request');
  expect(code).toBe(1);
  expect(log).toMatch(/error\[I2K\d+\] vote\.yaml:\d+/);
  expect(log).toContain('::error::The manifests cannot be reviewed');
});

test('a name cannot speak to the runner', async () => {
  appendFileSync(join(cwd, 'vote.yaml'), '---\napiVersion: v1\nkind: "Con\\n::error::fig"\nmetadata: { name: x }\n');
  const { log } = await run('pull-request');
  expect(commandsIn(log)).toEqual(['::error::The manifests cannot be reviewed; see the errors above.']);
});

/** The commands that GitHub's runner reads: https://github.com/actions/runner, ActionCommand.TryParse and TryParseV2. */
function commandsIn(log: string): readonly string[] {
  let stopped: string | undefined;
  return log.split('\n').flatMap((line) => {
    const text = line.trimStart();
    if (stopped !== undefined) {
      if (text === `::${stopped}::`) stopped = undefined;
      return [];
    }
    stopped = /^::stop-commands::(.+)$/.exec(text)?.[1];
    return stopped === undefined && (text.startsWith('::') || line.includes('##[')) ? [text] : [];
  });
}

test.each(['##[add-mask]fig', 'a ##[set-output name=verdict]fig', '::stop-commands::fig'])(
  'an error that quotes %s is no command',
  async (text) => {
    edit('kind: Deployment', `kind: ${JSON.stringify(text)}`);
    const { code, log } = await run('pull-request');
    expect(code).toBe(1);
    expect(log).toContain('fig');
    expect(commandsIn(log)).toEqual(['::error::The manifests cannot be reviewed; see the errors above.']);
  },
);

test.each(['pull_request_target', 'workflow_run'])('it does not run on %s', async (name) => {
  const { code, log } = await run('pull-request', {}, { variables: { GITHUB_EVENT_NAME: name } });
  expect([code, api.requests]).toEqual([1, []]);
  expect(log).toContain(`::error::This action does not run on ${name}`);
});
