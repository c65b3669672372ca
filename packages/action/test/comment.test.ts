// One comment, found among pages of others, through whatever GitHub's API does.
import { commentMarker } from '@i2kit/review';
import { postComment } from '../src/comment.ts';
import { githubClient } from '../src/githubClient.ts';
import { type FakeGithub, startFakeGithub } from './fakeGithub.ts';

const pull = { repository: 'shop/voting', number: 17 };
const body = `${commentMarker}\n### i2kit: 1 stack would change\n`;
let api: FakeGithub;
let waited: number[];

const post = (text = body) =>
  postComment(
    githubClient({ GITHUB_API_URL: api.url }, 'token-of-tests', async (ms) => {
      waited.push(ms);
    }),
    pull,
    text,
  );

beforeEach(async () => {
  api = await startFakeGithub(3);
  waited = [];
});
afterEach(() => api.close());

const others = (n: number) => {
  for (let at = 0; at < n; at += 1)
    api.comments.push({ id: at + 1, body: 'Nice', user: { login: 'someone', type: 'User' } });
};
const own = () => api.comments.filter((each) => each.body.startsWith(commentMarker));

test('the first is made, and later ones are the same', async () => {
  others(7);
  expect(await post()).toMatchObject({ done: true });
  expect(await post(`${body}again`)).toMatchObject({ done: true });
  expect(own().map((each) => each.body)).toEqual([`${body}again`]);
  expect(api.requests.filter((each) => each.includes('page=3'))).toHaveLength(2);
  expect(api.requests.filter((each) => each.startsWith('POST'))).toHaveLength(1);
});

test("another's comment that begins as ours is left alone", async () => {
  api.comments.push({ id: 5, body: `${commentMarker}\nAll fine!`, user: { login: 'stranger', type: 'User' } });
  await post();
  expect(api.comments.map((each) => each.body)).toEqual([`${commentMarker}\nAll fine!`, body]);
});

test.each([500, 502, 503])('%i is asked again', async (status) => {
  api.faults.push({ on: 'GET', status }, { on: 'GET', status }, { on: 'POST', status });
  expect(await post()).toMatchObject({ done: true });
  expect(own()).toHaveLength(1);
  expect(waited).toEqual([1000, 2000]);
});

test('a comment that was made although the answer says otherwise is not made twice', async () => {
  api.faults.push({ on: 'POST', status: 502, late: true });
  expect(await post()).toMatchObject({ done: true });
  expect(own()).toHaveLength(1);
});

test('a rate limit is waited for, where it is short', async () => {
  api.faults.push({ on: 'GET', status: 429, headers: { 'retry-after': '7' } });
  api.faults.push({
    on: 'POST',
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.now() / 1000 + 20) },
  });
  expect(await post()).toMatchObject({ done: true });
  expect(waited[0]).toBe(7000);
  expect(Math.abs((waited[1] ?? 0) - 20_000)).toBeLessThan(1500);
});

test('a long one is not, and it is said', async () => {
  api.faults.push({ on: 'GET', status: 403, headers: { 'retry-after': '3600' } });
  expect(await post()).toEqual({ done: false, text: expect.stringContaining('only in the job summary') });
  expect(waited).toEqual([]);
});

test('a token that only reads is no failure', async () => {
  api.readOnly = true;
  expect(await post()).toEqual({ done: false, text: expect.stringContaining('usual for pull requests from forks') });
  expect(waited).toEqual([]);
});

test('nobody answers', async () => {
  const { url } = api;
  await api.close();
  api = await startFakeGithub();
  const said = await postComment(
    githubClient({ GITHUB_API_URL: url }, '', async () => undefined),
    pull,
    body,
  );
  expect(said).toEqual({ done: false, text: expect.stringContaining('GitHub did not accept the comment') });
});
