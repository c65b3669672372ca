// Creates and updates the single review comment of a pull request, found by its hidden first line.
import { failure, type Outcome, success } from '@i2kit/common';
import { commentMarker } from '@i2kit/review';
import type { PullRequest } from './event.ts';
import { type GithubClient, GithubError, type GithubResponse } from './githubClient.ts';

interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly type?: string; readonly login?: string } | null;
}

/** A sentence for the log, and whether the comment exists. */
export interface CommentResult {
  readonly done: boolean;
  readonly text: string;
}

const summaryOnlyText = 'the review is only in the job summary';

/** A comment that cannot be written does not fail the run: pull requests from forks have a read-only token. */
export async function postComment(api: GithubClient, pull: PullRequest, body: string): Promise<CommentResult> {
  try {
    return commentResult(await upsertComment(api, pull, body, 1));
  } catch (thrown) {
    if (!(thrown instanceof GithubError)) throw thrown;
    return { done: false, text: `GitHub did not accept the comment (${thrown.message}): ${summaryOnlyText}.` };
  }
}

function commentResult({ status, body }: GithubResponse): CommentResult {
  if (status < 300)
    return {
      done: true,
      text: `The review is in the comment ${(body as { readonly html_url?: string })?.html_url ?? ''}`.trimEnd(),
    };
  const why =
    status === 401 || status === 403 || status === 404
      ? 'The token may not comment, which is usual for pull requests from forks; otherwise the job needs the permission pull-requests: write'
      : `GitHub refused the comment with ${status}`;
  return { done: false, text: `${why}: ${summaryOnlyText}.` };
}

async function upsertComment(
  api: GithubClient,
  pull: PullRequest,
  body: string,
  turn: number,
): Promise<GithubResponse> {
  const own = await findComment(api, pull);
  if (!own.ok) return own.problems[0];
  const { repository, number } = pull;
  if (own.value !== undefined)
    return api.request('PATCH', `/repos/${repository}/issues/comments/${own.value}`, { body });
  try {
    return await api.request('POST', `/repos/${repository}/issues/${number}/comments`, { body });
  } catch (thrown) {
    // The failed request may have created the comment: look for it before creating another.
    if (turn < 3 && thrown instanceof GithubError) return upsertComment(api, pull, body, turn + 1);
    throw thrown;
  }
}

/**
 * The id of our comment, if there is one, or the answer of a request that GitHub refused. Searches all pages. Only
 * bots' comments count: a contributor's comment is never taken for ours, whatever its first line.
 */
async function findComment(
  api: GithubClient,
  { repository, number }: PullRequest,
): Promise<Outcome<number | undefined, GithubResponse>> {
  const me = await api.request('GET', '/user');
  const login = me.status === 200 ? (me.body as { readonly login?: string } | undefined)?.login : undefined;
  const isOurs = ({ user }: Comment) => (login === undefined ? user?.type === 'Bot' : user?.login === login);
  for (
    let path: string | undefined = `/repos/${repository}/issues/${number}/comments?per_page=100`;
    path !== undefined;
  ) {
    const page: GithubResponse = await api.request('GET', path);
    if (page.status >= 300) return failure(page);
    const found = (page.body as readonly Comment[]).find(
      (each) => isOurs(each) && each.body?.split(/\r?\n/)[0] === commentMarker,
    );
    if (found) return success(found.id);
    path = page.next;
  }
  return success(undefined);
}
