// Every command that calls AWS, and everything that may be wrong on the way there: one true sentence, what to do, the
// right exit code, and no long wait.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from '../fixtures/cli.ts';
import { runInProcess } from '../fixtures/inProcess.ts';

const scratch = mkdtempSync(join(tmpdir(), 'i2kit-contact-'));
const configFile = join(scratch, 'config');
writeFileSync(configFile, '[profile ok]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = none\n');
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
Object.assign(process.env, {
  HOME: scratch,
  AWS_CONFIG_FILE: configFile,
  AWS_SHARED_CREDENTIALS_FILE: join(scratch, 'credentials'),
  AWS_EC2_METADATA_DISABLED: 'true',
});

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1", resources: {requests: {cpu: 100m, memory: 64Mi}}}]}
`;
const files = {
  'i2kit.yaml': 'app: shop\nimages: {web: ami-0a1b2c3d4e5f60001}\n',
  'bare.yaml': 'app: shop\n',
  'web.yaml': workload,
  'lost.yaml': `${workload}---\napiVersion: v1\nkind: Service\nmetadata: {name: lost}\nspec: {selector: {app: lost}, ports: [{port: 80}]}\n`,
  'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: pass}\nstringData: {word: none}\n',
  'review.json': JSON.stringify({
    version: 1,
    kind: 'change-set',
    stackName: 'default-shop',
    stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/default-shop/1',
    changeSetId: 'arn:aws:cloudformation:eu-west-1:123456789012:changeSet/i2kit-1/1',
    type: 'UPDATE',
    region: 'eu-west-1',
    account: '123456789012',
    changes: [],
    endangered: [],
  }),
};

const commands = [
  'apply -f web.yaml --yes',
  'apply -f web.yaml --yes --with-env',
  'apply -f web.yaml --yes --regions eu-west-1 --accounts 123456789012',
  'apply -f web.yaml --save-review new.json',
  'apply --review review.json',
  'diff -f web.yaml',
  'destroy default-shop --yes',
  'destroy default-shop --stack-set --yes',
  'status default-shop',
  'status default-shop --stack-set',
  'events default-shop',
  'events default-shop --follow',
  'logs --app shop',
  'drift default-shop',
  'history default-shop',
  'rollback default-shop --to 1 --yes',
  'recover default-shop',
  'cancel default-shop',
  'env create --yes',
  'env status',
  'env destroy --yes',
  'context -f lost.yaml',
  'secrets push -f secret.yaml',
  'secrets ls',
  'secrets rm pass --yes',
  'image push -f web.yaml --config bare.yaml',
  'image ls',
  'image gc --yes',
];

interface Condition {
  readonly name: string;
  /** Flags beside the command's own. */
  readonly flags: () => readonly string[];
  readonly code: 2 | 3;
  readonly sentence: RegExp;
  readonly hint: RegExp;
}

const at =
  (port: () => number, scheme = 'http') =>
  () => ['--profile', 'ok', '--region', 'eu-west-1', '--endpoint-url', `${scheme}://127.0.0.1:${port()}`];

const sockets = new Set<Socket>();
const servers: Server[] = [];

async function listen(server: Server): Promise<() => number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return () => (server.address() as AddressInfo).port;
}

/** Answers as AWS does, in the protocol of the request; who calls is told to everybody. */
const answering =
  (status: number, code: string, message: string, behind = 0) =>
  (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      if (code === 'AccessDenied' && body.includes('GetCallerIdentity')) {
        const result = '<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>';
        response.writeHead(200, { 'x-amzn-requestid': '1' });
        response.end(`<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`);
        return;
      }
      const date = new Date(Date.now() - behind).toUTCString();
      const isJson = request.headers['x-amz-target'] !== undefined;
      const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
      const xml = /Version=2016-11-15/.test(body)
        ? `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`
        : `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
      response.writeHead(isJson ? 400 : status, { 'x-amzn-requestid': '1', date });
      response.end(isJson ? JSON.stringify({ __type: `${code}Exception`, message }) : xml);
    });
  };

const expired = await listen(
  createServer(answering(403, 'ExpiredToken', 'The security token included in the request is expired')),
);
const wrongKey = await listen(createServer(answering(403, 'InvalidClientTokenId', 'The security token is invalid.')));
const throttled = await listen(createServer(answering(400, 'Throttling', 'Rate exceeded')));
const denied = await listen(
  createServer(answering(403, 'AccessDenied', 'User: alice is not authorized to perform: it')),
);
const clock = await listen(
  createServer(answering(403, 'SignatureDoesNotMatch', 'Signature expired: it is now earlier', 3_600_000)),
);
const page = await listen(
  createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')),
);
const silent = await listen(createSocketServer());
const closed = await listen(createSocketServer());
const closedPort = closed();
servers.pop()?.close();

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  rmSync(scratch, { recursive: true, force: true });
});

const conditions: readonly Condition[] = [
  {
    name: 'no region',
    flags: () => ['--profile', 'ok'],
    code: 2,
    sentence: /^No AWS region is set\.$/,
    hint: /--region/,
  },
  {
    name: 'no credentials',
    flags: () => ['--region', 'eu-west-1'],
    code: 3,
    sentence: /^No AWS credentials were found\.$/,
    hint: /^Sign in/,
  },
  {
    name: 'expired credentials',
    flags: at(expired),
    code: 3,
    sentence: /^The AWS credentials have expired\.$/,
    hint: /^Sign in again/,
  },
  {
    name: 'a wrong key',
    flags: at(wrongKey),
    code: 3,
    sentence: /^AWS does not accept these credentials: InvalidClientTokenId\w*\.$/,
    hint: /^Check the access key/,
  },
  {
    name: 'no such profile',
    flags: () => ['--profile', 'nobody', '--region', 'eu-west-1'],
    code: 2,
    sentence: /^The AWS configuration files have no profile nobody\. They have: ok\.$/,
    hint: /^Name another profile/,
  },
  {
    name: 'a bad endpoint URL',
    flags: () => ['--profile', 'ok', '--region', 'eu-west-1', '--endpoint-url', 'localhost'],
    code: 2,
    sentence: /^The endpoint localhost is not a URL of HTTP\.$/,
    hint: /http:\/\/localhost/,
  },
  {
    name: 'connection refused',
    flags: at(() => closedPort),
    code: 3,
    sentence: /^127\.0\.0\.1:\d+ refuses the connection \(ECONNREFUSED\)\.$/,
    hint: /^Check --endpoint-url/,
  },
  {
    name: 'a TLS error',
    flags: at(expired, 'https'),
    code: 3,
    sentence: /^No secure connection to 127\.0\.0\.1:\d+: .*\(\w+\)\.$/,
    hint: /^Check proxies/,
  },
  {
    name: 'a sign-in page',
    flags: at(page),
    code: 3,
    sentence: /^127\.0\.0\.1:\d+ is not AWS: it answers with a page \(HTTP 200\)\.$/,
    hint: /sign-in pages/,
  },
  {
    name: 'a clock that is off',
    flags: at(clock),
    code: 3,
    sentence: /^The clock of this computer is 60 minutes ahead of that of AWS\.$/,
    hint: /^Set the clock/,
  },
  {
    name: 'AccessDenied on the first call',
    flags: at(denied),
    code: 3,
    sentence: /alice is not authorized to perform: it/,
    hint: /`i2kit iam-policy/,
  },
  {
    name: 'throttling',
    flags: at(throttled),
    code: 3,
    sentence: /^AWS throttles the calls of this account/,
    hint: /run the command again later/,
  },
  {
    name: 'a black hole',
    flags: at(silent),
    code: 3,
    sentence: /^127\.0\.0\.1:\d+ does not answer: no response in 10 seconds\.$/,
    hint: /^Check the network/,
  },
];

interface Cell extends CommandResult {
  readonly seconds: number;
}

/** Counts the time that this process gets: on a busy machine, a clock would count the time of others. */
let ticks = 0;
const ticker = setInterval(() => {
  ticks += 1;
}, 100);
afterAll(() => clearInterval(ticker));

async function runCell({ flags }: Condition, command: string, index: number): Promise<Cell> {
  const cwd = join(scratch, `${index}`);
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const since = ticks;
  const result = await runInProcess({ cwd }, [...command.split(' '), ...flags()]);
  return { ...result, seconds: (ticks - since) / 10 };
}

/** A review names its region, and `image push` builds before the first call that a policy may deny. */
const cells = conditions.flatMap((condition) =>
  commands
    .filter((command) => condition.name !== 'no region' || !command.includes('--review'))
    .filter((command) => !/^AccessDenied/.test(condition.name) || !command.startsWith('image push'))
    .map((command) => [condition, command] as const),
);
const results: Promise<Cell>[] = [];

beforeAll(async () => {
  // Cells that wait begin first; the others run beside them, some at a time.
  const slow = (name: string) => name === 'a black hole' || name === 'throttling';
  cells.forEach(([condition, command], index) => {
    if (slow(condition.name)) results[index] = runCell(condition, command, index);
  });
  for (const [index, [condition, command]] of cells.entries()) {
    results[index] ??= runCell(condition, command, index);
    if (!slow(condition.name)) await results[index];
  }
  await Promise.all(results);
});

test.each(cells.map(([condition, command], index) => [condition.name, command, condition, index] as const))(
  '%s: %s',
  async (_, __, { code, sentence, hint }, index) => {
    const cell = await (results[index] as Promise<Cell>);
    const lines = cell.stderr.split('\n');
    const errors = lines.filter((line) => /^error|^\d\d:\d\d \S+ {2}(?!hint:)/.test(line));
    expect([cell.code, errors]).toEqual([code, [expect.anything()]]);
    expect(cell.stderr).not.toContain('bug in i2kit');
    expect(errors[0]?.replace(/^(error(\[I2K\d+\])?:?|\d\d:\d\d \S+ ) /, '')).toMatch(sentence);
    const hints = lines.filter((line) => /^(hint: | {2}= hint: |\d\d:\d\d \S+ {2}hint: )/.test(line));
    expect(hints.map((line) => line.replace(/^.*?hint: /, '')).join('\n')).toMatch(hint);
    expect(cell.seconds).toBeLessThan(15);
  },
);
