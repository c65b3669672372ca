// The process that reads a contributor's manifests: it gets no secrets, and its failures are failures.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputsOf } from '../src/inputs.ts';
import { reviewManifests } from '../src/reviewManifests.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2kit-child-'));
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: folder });
  git('init', '-q');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty', '-m', 'First');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in place of i2kit. */
function run(program: string, variables: Readonly<Record<string, string>> = {}) {
  const cli = join(folder, 'cli.cjs');
  writeFileSync(cli, program);
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, GITHUB_WORKSPACE: folder, INPUT_BASE: 'HEAD', ...variables };
  let log = '';
  const inputs = inputsOf(env);
  if (!inputs.ok) throw new Error('inputs');
  const write = (text: string) => {
    log += text;
  };
  return { result: reviewManifests({ env, cli, write }, inputs.value, {}), log };
}

test('gets no credentials, tokens, inputs or files of the runner', () => {
  const secrets = {
    AWS_SECRET_ACCESS_KEY: 'canary',
    AWS_SESSION_TOKEN: 'canary',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'canary',
    GITHUB_TOKEN: 'canary',
    GITHUB_ENV: 'canary',
    GITHUB_OUTPUT: 'canary',
    NODE_OPTIONS: '--no-warnings',
    INPUT_TOKEN: 'canary',
    SOME_PASSWORD: 'canary',
  };
  const { log } = run('process.stderr.write(JSON.stringify(process.env)); process.exit(2)', {
    ...secrets,
    AWS_REGION: 'eu-west-1',
    I2KIT_ENV: 'prod',
  });
  const seen = JSON.parse(log.split('\n')[1] ?? '');
  expect(Object.keys(seen).sort()).toEqual(['AWS_REGION', 'HOME', 'I2KIT_ENV', 'PATH']);
});

test('a comment that cannot be rendered is a failure, and not an empty comment', () => {
  const program = `process.argv.includes('md') ? process.exit(1) : process.stdout.write('{"version":1,"stacks":[]}')`;
  expect(run(program).result).toMatchObject({
    ok: false,
    problems: [{ message: 'The review cannot be rendered as a comment.' }],
  });
});
