// Runs i2kit to compare the working tree with a commit, which is fetched in a shallow checkout.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { failure, type Outcome, success } from '@i2kit/common';
import type { ReviewJson } from '@i2kit/review';
import { baseCommitOf, type Event } from './event.ts';
import type { Environment, Inputs } from './inputs.ts';
import { withoutCommands } from './workflowCommands.ts';

export interface ReviewResult {
  readonly review: ReviewJson;
  readonly markdown: string;
  /** Path of the review as JSON. */
  readonly file: string;
}

export function reviewManifests({ env, cli, write }: Environment, inputs: Inputs, event: Event): Outcome<ReviewResult> {
  const cwd = resolve(env['GITHUB_WORKSPACE'] ?? '.', inputs.directory);
  const commit = inputs.base || baseCommitOf(event);
  if (commit === undefined)
    return failure({ message: 'There is no base to compare with: this event has none. Set the input base.' });
  const base = ensureCommit(cwd, commit);
  if (base === undefined)
    return failure({
      message: `The commit ${commit} is not in this checkout, and git cannot fetch it. Check out with fetch-depth: 0.`,
    });
  const diff = (form: string) => {
    const files = inputs.files.flatMap((file) => ['-f', file]);
    const config = inputs.config ? ['--config', inputs.config] : [];
    const words = ['diff', ...files, ...config, '--against', `git:${base}`, '-o', form, '--exit-zero', '--no-color'];
    return spawnSync(process.execPath, [cli, ...words], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: childEnvironment(env),
    });
  };
  const json = diff('json');
  if (json.stderr) write(withoutCommands(json.stderr));
  if (json.status !== 0)
    return failure({
      message: json.error?.message ?? 'The manifests cannot be reviewed; see the errors above.',
    });
  const markdown = diff('md');
  if (markdown.status !== 0)
    return failure({ message: markdown.error?.message ?? 'The review cannot be rendered as a comment.' });
  const file = join(mkdtempSync(join(env['RUNNER_TEMP'] ?? tmpdir(), 'i2kit-review-')), 'review.json');
  writeFileSync(file, json.stdout);
  return success({ review: JSON.parse(json.stdout) as ReviewJson, markdown: markdown.stdout, file });
}

/**
 * Manifests are a contributor's input: the process that compiles them gets no tokens, no credentials, and no files of the runner, only
 * the variables that every program needs, the region, and i2kit's settings.
 */
const childEnvironment = (env: Environment['env']): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => neededVariables.test(name)));
const neededVariables =
  /^(PATH|HOME|USERPROFILE|XDG_CONFIG_HOME|TMPDIR|TEMP|TMP|LANG|LC_\w+|TZ|SYSTEMROOT|PATHEXT|COMSPEC|I2KIT_\w+|AWS_REGION|AWS_DEFAULT_REGION)$/i;

/** The commit's name once it exists locally. */
function ensureCommit(cwd: string, commit: string): string | undefined {
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd, encoding: 'utf8' });
  // A checkout has other branches only as remote-tracking refs, if at all.
  const known = () =>
    [commit, `refs/remotes/origin/${commit}`].find(
      (name) => git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).status === 0,
    );
  const here = known();
  if (here !== undefined) return here;
  const { status } = git('fetch', '--no-tags', '--quiet', '--depth=1', '--end-of-options', 'origin', commit);
  return status === 0 ? git('rev-parse', 'FETCH_HEAD').stdout.trim() : undefined;
}
