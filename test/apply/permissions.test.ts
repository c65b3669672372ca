// `iam-policy` against a real run of the command line: the policy of a use allows every call that it sends.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IamPolicy } from '../../packages/runner/src/iamPolicy/policy.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

let emulator: AwsEmulator;
let recorder: Server;
let folder: WorkingFolder;
let seen = new Set<string>();

beforeAll(async () => {
  emulator = await startAwsEmulator();
  recorder = startRecorder(emulator.endpoint, (action) => seen.add(action));
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
  folder = createFolder(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}`);
  folder.write('i2kit.yaml', 'app: shop\nregion: eu-west-1\nimages: {web: ami-0a1b2c3d4e5f60001}\n');
  folder.write('web.yaml', web);
  folder.write('secret.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: x}\n');
});
afterAll(async () => {
  folder?.remove();
  recorder?.close();
  await emulator?.stop();
});

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1
          resources: {requests: {cpu: 100m, memory: 64Mi}}
          env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

/** Forwards every request, and records its action as IAM spells it. */
function startRecorder(endpoint: string, tell: (action: string) => void): Server {
  return createServer((from, to) => {
    const parts: Buffer[] = [];
    from.on('data', (part: Buffer) => parts.push(part));
    from.on('end', () => {
      const body = Buffer.concat(parts);
      tell(actionOf(from.method ?? '', from.url ?? '', from.headers, body.toString()));
      const on = request(endpoint + (from.url ?? ''), { method: from.method, headers: from.headers }, (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      on.on('error', () => to.destroy());
      on.end(body);
    });
  });
}

/** Protocols differ: the action is a header, a form field, or method and path. */
function actionOf(method: string, url: string, headers: Readonly<Record<string, unknown>>, body: string): string {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(String(headers['authorization']))?.[1] ?? 'unsigned';
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return `${service}:${target.split('.')[1]}`;
  const field = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  if (field) return `${service}:${field}`;
  const found = rest.find(([like, pattern]) => like === method && pattern.test(`${service} ${url}`));
  return found ? `${service}:${found[2]}` : `${service}:? ${method} ${url}`;
}

const rest: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['POST', /^route53 \/2013-04-01\/hostedzone\/[^/]+\/rrset/, 'ChangeResourceRecordSets'],
  ['GET', /^route53 \/2013-04-01\/hostedzone\/[^/]+\/rrset/, 'ListResourceRecordSets'],
  ['GET', /^route53 \/2013-04-01\/hostedzonesbyname/, 'ListHostedZonesByName'],
  ['GET', /^route53 \/2013-04-01\/hostedzone(\?|$)/, 'ListHostedZones'],
  ['GET', /^route53 \/2013-04-01\/change\//, 'GetChange'],
  ['PUT', /^s3 \/[^/]+\/[^?]/, 'PutObject'],
  ['GET', /^s3 \/[^/]+\/[^?]/, 'GetObject'],
  ['DELETE', /^s3 \/[^/]+\/[^?]/, 'DeleteObject'],
];

async function allowedPolicy(...flags: readonly string[]): Promise<IamPolicy> {
  const { code, stdout } = await folder.run(
    'iam-policy',
    '--region',
    'eu-west-1',
    '--account',
    '123456789012',
    ...flags,
  );
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

/** Without the rights that are allowed only through CloudFormation: these calls are direct. */
const actions = ({ Statement }: IamPolicy): readonly string[] =>
  Statement.filter(({ Sid }) => !Sid.startsWith('Make')).flatMap(({ Action }) => Action);

async function runCommands(...commands: readonly (readonly string[])[]): Promise<readonly string[]> {
  seen = new Set();
  for (const argv of commands) {
    const { code, stderr } = await folder.run(...argv);
    expect([argv, code, stderr]).toEqual([argv, 0, expect.anything()]);
  }
  return [...seen].sort();
}

test('synth sends nothing, and iam-policy neither', async () => {
  expect(await runCommands(['synth', '-f', '.'], ['iam-policy', '--for', 'deploy'])).toEqual([]);
  expect(await allowedPolicy('--for', 'synth')).toEqual({ Version: '2012-10-17', Statement: [] });
});

test('whatever deploying sends is in its policy, with a role and without', async () => {
  const made = await runCommands(
    ['env', 'create', '--yes'],
    ['secrets', 'push', '-f', 'secret.yaml'],
    ['apply', '-f', '.', '--yes'],
    ['apply', '-f', '.', '--yes'],
    ['secrets', 'rm', 'db', '--yes'],
    ['secrets', 'push', '-f', 'secret.yaml'],
  );
  expect(made).toEqual(
    expect.arrayContaining([
      'cloudformation:ExecuteChangeSet',
      'secretsmanager:CreateSecret',
      'ssm:PutParameter',
      'route53:ChangeResourceRecordSets',
    ]),
  );
  expect(made.filter((action) => !actions(policyWithout).includes(action))).toEqual([]);
  const withRole = await allowedPolicy('--for', 'deploy', '--role-arn', 'arn:aws:iam::123456789012:role/stacks');
  expect(made.filter((action) => !actions(withRole).includes(action))).toEqual([]);
  // The test detects a missing right.
  expect(
    made.filter(
      (action) =>
        !actions(withRole)
          .filter((each) => each !== 'ssm:PutParameter')
          .includes(action),
    ),
  ).toEqual(['ssm:PutParameter']);
});

let policyWithout: IamPolicy;
beforeAll(async () => {
  policyWithout = await allowedPolicy('--for', 'deploy');
});

test('whatever looking sends is in the policy of looking', async () => {
  const made = await runCommands(
    ['status'],
    ['events'],
    ['secrets', 'ls', '-f', '.'],
    ['context', '-f', '.'],
    ['history'],
    ['logs'],
    ['env', 'status'],
  );
  expect(made).toEqual(expect.arrayContaining(['cloudformation:DescribeStacks', 'secretsmanager:ListSecrets']));
  const policy = await allowedPolicy('--for', 'diff');
  expect(made.filter((action) => !actions(policy).includes(action))).toEqual([]);
});

test('and destroying', async () => {
  const made = await runCommands(
    ['destroy', '-f', '.', '--yes'],
    ['secrets', 'rm', 'db', '--force', '--yes'],
    ['env', 'destroy', '--yes'],
  );
  expect(made.filter((action) => !actions(policyWithout).includes(action))).toEqual([]);
});
