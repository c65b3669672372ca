// Challenges, credentials, throttling, and registries that do not respond.
import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Credentials, dockerCredentials, registryClient } from '../../src/registry/index.ts';
import { testClock } from '../import/fakeAws.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { startScriptedRegistry } from './scriptedRegistry.ts';

const at = useScratchFolder();
const digest = `sha256:${'a'.repeat(64)}`;
const login: Credentials = { kind: 'password', username: 'me', password: 'pä:ss' };
const client = (credentials?: Credentials, more: object = {}) =>
  registryClient({ credentials: async () => credentials, clock: testClock(), ...more });
const basic = `Basic ${Buffer.from('me:pä:ss').toString('base64')}`;

test('a bearer token: asked for with the credentials, kept for later', async () => {
  const server = await startScriptedRegistry((request, _, response) => {
    if (request.url?.startsWith('/token')) {
      expect(request.headers.authorization).toBe(basic);
      response.end(JSON.stringify({ token: 'T' }));
    } else if (request.headers.authorization === 'Bearer T') response.setHeader('docker-content-digest', digest).end();
    else
      response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="http://${request.headers.host}/token",service="reg, one",scope="repository:a/b:pull"`,
        })
        .end();
  });
  const asking = client(login);
  expect(await asking.digest(`${server.host}/a/b`)).toBe(digest);
  expect(await asking.digest(`${server.host}/a/b:v2`)).toBe(digest);
  expect(server.seen).toEqual([
    'HEAD /v2/a/b/manifests/latest',
    'GET /token?service=reg%2C+one&scope=repository%3Aa%2Fb%3Apull&account=me',
    'HEAD /v2/a/b/manifests/latest',
    'HEAD /v2/a/b/manifests/v2',
  ]);
});

test('an identity token is exchanged', async () => {
  const server = await startScriptedRegistry((request, body, response) => {
    if (request.method === 'POST') {
      expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
        grant_type: 'refresh_token',
        refresh_token: 'R',
      });
      response.end(JSON.stringify({ access_token: 'T' }));
    } else if (request.headers.authorization === 'Bearer T') response.setHeader('docker-content-digest', digest).end();
    else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token"` }).end();
  });
  expect(await client({ kind: 'token', token: 'R' }).digest(`${server.host}/a/b`)).toBe(digest);
});

test('Basic', async () => {
  const server = await startScriptedRegistry((request, _, response) => {
    if (request.headers.authorization === basic) response.setHeader('docker-content-digest', digest).end();
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
  });
  expect(await client(login).digest(`${server.host}/a`)).toBe(digest);
  await expect(client().digest(`${server.host}/a`)).rejects.toMatchObject({
    code: 'registry-denied',
    hint: expect.stringContaining('docker login'),
  });
});

test('refused with credentials', async () => {
  const server = await startScriptedRegistry((_, __, response) => response.writeHead(403).end());
  await expect(client(login).digest(`${server.host}/a`)).rejects.toMatchObject({
    code: 'registry-denied',
    message: expect.stringContaining('with the credentials'),
  });
});

test('credentials do not go to a token service of any kind', async () => {
  const server = await startScriptedRegistry((_, __, response) =>
    response.writeHead(401, { 'www-authenticate': 'Bearer realm="file:///etc/passwd"' }).end(),
  );
  await expect(client(login).digest(`${server.host}/a`)).rejects.toMatchObject({ code: 'registry-answer' });
});

test('429: asked again when it says, and told when that is too late', async () => {
  let count = 0;
  const server = await startScriptedRegistry((_, __, response) => {
    if (count++ < 2) response.writeHead(429, { 'retry-after': '7' }).end();
    else response.setHeader('docker-content-digest', digest).end();
  });
  const clock = testClock();
  const before = clock.now();
  expect(await client(undefined, { clock }).digest(`${server.host}/a`)).toBe(digest);
  expect(clock.now() - before).toBe(14_000);
  const never = await startScriptedRegistry((_, __, response) =>
    response.writeHead(429, { 'retry-after': '3600' }).end(),
  );
  await expect(client().digest(`${never.host}/a`)).rejects.toMatchObject({
    code: 'registry-busy',
    message: expect.stringContaining('retry in 3600 s'),
  });
  expect(never.seen).toHaveLength(1);
});

test('silence, a closed port, a broken server', async () => {
  const silent = await startScriptedRegistry(() => {});
  await expect(client(undefined, { timeout: 20, patience: 1500 }).digest(`${silent.host}/a`)).rejects.toMatchObject({
    code: 'registry-unreachable',
    message: `${silent.host} cannot be reached: no answer in 0.02 s.`,
  });
  await expect(client(undefined, { patience: 1500 }).digest('127.0.0.1:1/a')).rejects.toMatchObject({
    code: 'registry-unreachable',
  });
  const broken = await startScriptedRegistry((_, __, response) => response.writeHead(503).end());
  await expect(client().digest(`${broken.host}/a`)).rejects.toMatchObject({
    message: `${broken.host} responds with status 503.`,
  });
});

test('content that does not have its hash is not believed', async () => {
  const server = await startScriptedRegistry((_, __, response) =>
    response.setHeader('content-type', 'application/vnd.oci.image.manifest.v1+json').end('{}'),
  );
  await expect(client().config(`${server.host}/a@${digest}`, 'amd64')).rejects.toThrow(/does not have that hash/);
});

test("Docker's configuration: helper, store, file, in this order; a folder or a file", async () => {
  const helper = (name: string, text: string) => {
    writeFileSync(at(`docker-credential-${name}`), `#!/bin/sh\nread server\n${text}\n`);
    chmodSync(at(`docker-credential-${name}`), 0o755);
  };
  helper('own', `echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"$server\\"}"`);
  helper(
    'store',
    `[ "$server" = stored.example ] && echo '{"Username":"u","Secret":"s"}' && exit; echo 'credentials not found in native keychain'; exit 1`,
  );
  helper('broken', `echo 'keychain is locked' >&2; exit 1`);
  const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });
  const config = {
    auths: {
      'file.example': auth('f:g:h'),
      'https://index.docker.io/v1/': auth('hub:p'),
      'https://old.example/v1/': auth('o:p'),
      'stored.example': auth('no:no'),
    },
    credHelpers: {
      'own.example': 'own',
      'broken.example': 'broken',
      'gone.example': 'gone',
      'evil.example': '../evil',
    },
    credsStore: 'store',
  };
  writeFileSync(at('config.json'), JSON.stringify(config));
  const path = `${at()}:${process.env['PATH']}`;
  const found = dockerCredentials({ I2KIT_DOCKER_CONFIG: at(), PATH: path });
  const password = (username: string, text: string) => ({ kind: 'password', username, password: text });
  expect(await found('own.example')).toEqual({ kind: 'token', token: 'own.example' });
  expect(await found('stored.example')).toEqual(password('u', 's'));
  expect(await found('file.example')).toEqual(password('f', 'g:h'));
  expect(await found('docker.io')).toEqual(password('hub', 'p'));
  expect(await found('old.example')).toEqual(password('o', 'p'));
  expect(await found('other.example')).toBeUndefined();
  await expect(found('broken.example')).rejects.toMatchObject({
    code: 'tool-failed',
    message: expect.stringContaining('keychain is locked'),
  });
  await expect(found('gone.example')).rejects.toMatchObject({ code: 'tool-missing' });
  await expect(found('evil.example')).rejects.toMatchObject({ code: 'credentials-unreadable' });
  expect(await dockerCredentials({ I2KIT_DOCKER_CONFIG: at('config.json'), PATH: path })('file.example')).toEqual(
    password('f', 'g:h'),
  );
  expect(await dockerCredentials({ DOCKER_CONFIG: at(), PATH: path })('file.example')).toEqual(password('f', 'g:h'));
  expect(await dockerCredentials({ DOCKER_CONFIG: at('none') })('file.example')).toBeUndefined();
  await expect(dockerCredentials({ I2KIT_DOCKER_CONFIG: at('none') })('x')).rejects.toMatchObject({
    code: 'credentials-unreadable',
  });
  writeFileSync(at('config.json'), '{');
  await expect(dockerCredentials({ DOCKER_CONFIG: at() })('x')).rejects.toThrow(/is not valid JSON/);
});

describe('redirects', () => {
  const challenge = (host: string | undefined) => ({ 'www-authenticate': `Bearer realm="http://${host}/token"` });

  test.each([
    ['a password', login],
    ['an identity token', { kind: 'token', token: 'R' } as const],
    ['no credentials', undefined],
  ])('a request for a token with %s does not follow one to another origin', async (_, credentials) => {
    const other = await startScriptedRegistry((__, ___, response) => response.end(JSON.stringify({ token: 'T' })));
    const server = await startScriptedRegistry((request, __, response) => {
      if (request.url?.startsWith('/token')) response.writeHead(307, { location: `http://${other.host}/token` }).end();
      else response.writeHead(401, challenge(request.headers.host)).end();
    });
    await expect(client(credentials).digest(`${server.host}/a/b`)).rejects.toMatchObject({
      code: 'registry-answer',
      message: expect.stringContaining(`redirects a request for a token to http://${other.host}`),
    });
    expect(other.seen).toEqual([]);
  });

  test('one within the token service is followed, with the request', async () => {
    const server = await startScriptedRegistry((request, body, response) => {
      if (request.url === '/token') response.writeHead(308, { location: '/token2' }).end();
      else if (request.url === '/token2') {
        expect([request.method, new URLSearchParams(body).get('refresh_token')]).toEqual(['POST', 'R']);
        response.end(JSON.stringify({ access_token: 'T' }));
      } else if (request.headers.authorization === 'Bearer T')
        response.setHeader('docker-content-digest', digest).end();
      else response.writeHead(401, challenge(request.headers.host)).end();
    });
    expect(await client({ kind: 'token', token: 'R' }).digest(`${server.host}/a/b`)).toBe(digest);
  });

  test('content is read from another origin, without the credentials of the first', async () => {
    const headers: unknown[] = [];
    const other = await startScriptedRegistry((request, _, response) => {
      headers.push(request.headers.authorization);
      response.setHeader('docker-content-digest', digest).end();
    });
    const server = await startScriptedRegistry((request, _, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      else response.writeHead(302, { location: `http://${other.host}/content` }).end();
    });
    expect(await client(login).digest(`${server.host}/a`)).toBe(digest);
    expect([headers, other.seen]).toEqual([[undefined], ['HEAD /content']]);
  });

  test('they end', async () => {
    const server = await startScriptedRegistry((_, __, response) => response.writeHead(302, { location: '/' }).end());
    await expect(client().digest(`${server.host}/a`)).rejects.toMatchObject({
      code: 'registry-answer',
      message: expect.stringContaining('redirects more than 5 times'),
    });
    expect(server.seen).toHaveLength(6);
  });
});

describe('digests that are not sha256 are refused, as their content cannot be verified', () => {
  const index = (other: string) => ({
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ digest: other, platform: { os: 'linux', architecture: 'amd64' } }],
  });
  const image = (other: string) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { digest: other },
  });

  test.each([
    ['sha512', `sha512:${'a'.repeat(128)}`],
    ['sha256 with too few digits', `sha256:${'a'.repeat(63)}`],
    ['capitals', `sha256:${'A'.repeat(64)}`],
    ['a path', '../../../v2/other/manifests/latest'],
    ['a tag', 'latest'],
  ])('%s, of a manifest or of a configuration', async (_, other) => {
    for (const content of [index(other), image(other)]) {
      const server = await startScriptedRegistry((__, ___, response) => response.end(JSON.stringify(content)));
      await expect(client().config(`${server.host}/a:v1`, 'amd64')).rejects.toMatchObject({
        code: 'registry-answer',
        message: expect.stringContaining('by a digest that is not sha256'),
      });
      expect(server.seen).toHaveLength(1);
    }
  });
});
