// A stand-in for GitHub's REST API on loopback: comments in pages, rights that are missing, and answers that fail for a while.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'User' | 'Bot' };
}

export interface ApiFault {
  readonly on: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The effect is there all the same. */
  readonly late?: true;
}

export interface FakeGithub {
  readonly url: string;
  readonly comments: Comment[];
  /** `GET /user`, in order. */
  readonly requests: readonly string[];
  /** Each is used up by one request of its method. */
  readonly faults: ApiFault[];
  /** The token reads only, as that of a request from a fork. */
  readOnly: boolean;
  close(): Promise<void>;
}

const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;

export async function startFakeGithub(pageSize = 100): Promise<FakeGithub> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const [method = '', address = ''] = [request.method, request.url];
    const said = await bodyOf(request);
    asked.push(`${method} ${address}`);
    const at = api.faults.findIndex(({ on }) => on === method);
    const [fault] = at < 0 ? [] : api.faults.splice(at, 1);
    const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const failed = () => fault && answer(fault.status, { message: 'No' }, fault.headers);
    if (fault && !fault.late) return failed();
    const { pathname, searchParams } = new URL(address, api.url);
    if (request.headers.authorization !== 'Bearer token-of-tests') return answer(401, { message: 'Bad credentials' });
    // What a workflow's own token is told.
    if (pathname === '/user') return answer(403, { message: 'Resource not accessible by integration' });
    if (method === 'GET') {
      const page = Number(searchParams.get('page') ?? 1);
      const next = `<${api.url}${pathname}?per_page=100&page=${page + 1}>; rel="next", <${api.url}${pathname}?page=9>; rel="last"`;
      return answer(
        200,
        api.comments.slice((page - 1) * pageSize, page * pageSize),
        page * pageSize < api.comments.length ? { link: next } : {},
      );
    }
    if (api.readOnly) return answer(403, { message: 'Resource not accessible by integration' });
    const { body } = JSON.parse(said) as { readonly body: string };
    // As GitHub refuses what is too long.
    if (body.length > 65_536) return answer(422, { message: 'body is too long' });
    const id = Number(pathname.split('/').pop());
    const known = method === 'PATCH' ? api.comments.find((each) => each.id === id) : undefined;
    if (known) known.body = body;
    else api.comments.push({ id: 1000 + api.comments.length, body, user: bot });
    return (
      failed() ??
      answer(method === 'PATCH' ? 200 : 201, {
        id,
        html_url: `https://github.com/shop/voting/pull/17#issuecomment-${id}`,
      })
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api: FakeGithub = {
    url,
    comments: [],
    requests: asked,
    faults: [],
    readOnly: false,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return api;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
