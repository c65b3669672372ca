// Reads the parts of GitHub's event that a review needs.
import { readFileSync } from 'node:fs';
import type { Environment } from './inputs.ts';

export interface Event {
  /** Of a push: the commit before it. */
  readonly before?: string;
  readonly pull_request?: { readonly number: number; readonly base: { readonly sha: string } };
  readonly repository?: { readonly full_name: string };
}

export interface PullRequest {
  /** `owner/name` of the repository that the pull request targets. */
  readonly repository: string;
  readonly number: number;
}

export const readEvent = ({ GITHUB_EVENT_PATH: path }: Environment['env']): Event =>
  path ? (JSON.parse(readFileSync(path, 'utf8')) as Event) : {};

export const pullRequestOf = ({ pull_request, repository }: Event): PullRequest | undefined =>
  pull_request && repository && { repository: repository.full_name, number: pull_request.number };

/** The commit to compare with; undefined for a branch that was just created. */
export const baseCommitOf = ({ pull_request, before }: Event): string | undefined =>
  pull_request?.base.sha ?? (before && !/^0+$/.test(before) ? before : undefined);
