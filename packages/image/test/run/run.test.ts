// A machine on the local computer: its user data, the stand-ins that answer it, and its QEMU arguments.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import {
  type FakeAwsEvent,
  fakeAws,
  fakeAwsEndpoint,
  fakeMetadata,
  type LocalTemplate,
  listenOnLoopback,
  localMachineOf,
  newKey,
  pipeTo,
  type QemuOptions,
  qemuArguments,
} from '../../src/run/index.ts';
import { findOnPath } from '../../src/run/runMachine.ts';
import { workspace } from '../support/tools.ts';

const template = (name: string): LocalTemplate => JSON.parse(readFileSync(join(workspace, 'templates', name), 'utf8'));
const local = { stackName: 'default-voting', region: 'eu-west-1', assets: [], endpoint: fakeAwsEndpoint };
const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

test("the launch template's user data, with local values where CloudFormation would fill in", () => {
  const input = {
    ...local,
    template: template('voting/default-voting.template.json'),
    group: 'Deployment/default/redis',
  };
  const { userData, disks } = localMachineOf(input);
  const document = JSON.parse(userData);
  expect(document).toMatchObject({
    apiVersion: 'i2kit.dev/agent/v1',
    region: 'eu-west-1',
    stack: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/default-voting/local',
    endpoint: fakeAwsEndpoint,
  });
  expect(JSON.parse(gunzipSync(Buffer.from(document.payload, 'base64')).toString()).pod.owner).toBe(
    'Deployment/default/redis',
  );
  expect(disks).toEqual([]);
  expect(() => localMachineOf({ ...input, group: 'Deployment/default/none' })).toThrow(
    /has no machines for Deployment\/default\/none/,
  );
});

test('a disk has the same id in each run, of the form of an NVMe serial, and its size', () => {
  const input = { ...local, template: template('voting/default-voting.template.json'), group: 'Deployment/default/db' };
  const { userData, disks } = localMachineOf(input);
  expect(disks).toEqual([{ claim: 'votes', id: expect.stringMatching(/^vol-[0-9a-f]{17}$/), size: 20 }]);
  expect(JSON.parse(userData).disks).toEqual({ votes: disks[0]?.id });
  expect(localMachineOf(input).disks).toEqual(disks);
});

test('a payload that lies in the bucket is given inline', () => {
  const parts = [
    '{"apiVersion":"i2kit.dev/agent/v1","payloadObject":{"bucket":"',
    { Ref: 'Bucket' },
    '","key":"k","sha256":"x"}}',
  ];
  const properties = { LaunchTemplateData: { UserData: { 'Fn::Base64': { 'Fn::Join': ['', parts] } } } };
  const resource = {
    Type: 'AWS::EC2::LaunchTemplate',
    Metadata: { 'i2kit:origin': 'Deployment/default/a#/spec/template' },
    Properties: properties,
  };
  const input = { ...local, template: { Resources: { A: resource } }, group: 'Deployment/default/a' };
  const { userData } = localMachineOf({ ...input, assets: [{ key: 'k', bytes: Buffer.from('packed') }] });
  expect(JSON.parse(userData)).toEqual({
    apiVersion: 'i2kit.dev/agent/v1',
    payload: Buffer.from('packed').toString('base64'),
    endpoint: fakeAwsEndpoint,
  });
  expect(() => localMachineOf(input)).toThrow(/The payload k is missing/);
});

/** Calls a listener in the same process, past the key that its connections begin with. */
const serve = async (listener: Parameters<typeof listenOnLoopback>[0]) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => void server.close() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Everything that a connection returns for some bytes. */
const told = (port: number, bytes: string) =>
  new Promise<string>((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket
      .on('data', (chunk) => (answer += chunk))
      .on('error', () => resolve(answer))
      .on('close', () => resolve(answer));
  });

test('a connection that does not begin with the key gets no answer, so that no other user of the computer reads a secret', async () => {
  const key = newKey();
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(newKey()).not.toBe(key);
  const server = await listenOnLoopback(
    fakeMetadata({ instance: 'i-1', region: 'eu-west-1', address: '169.254.169.15', userData: 'told' }),
    key,
  );
  open.push(server);
  const request = 'PUT /latest/api/token HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
  expect(await told(server.port, `${key}${request}`)).toMatch(/^HTTP\/1.1 200 OK/);
  for (const wrong of [request + ' '.repeat(64), newKey() + request, key.slice(1) + request])
    expect(await told(server.port, wrong)).toBe('');
});

test.each(['busybox', 'nc', 'node'])(
  'the command that QEMU starts for a connection says the key, by %s',
  async (program) => {
    const key = newKey();
    const folder = mkdtempSync(join(tmpdir(), "i2kit-run '"));
    open.push({ close: () => rmSync(folder, { recursive: true }) });
    writeFileSync(join(folder, 'key'), key);
    const server = await listenOnLoopback((request, response) => void response.end(`asked for ${request.url}`), key);
    open.push(server);
    const here = (name: string) => (name === program ? findOnPath(name, process.env) : undefined);
    if (program !== 'node' && here(program) === undefined)
      return void process.stderr.write(`SKIPPED: ${program} is not here\n`);
    const command = pipeTo(server.port, join(folder, 'key'), here);
    // It is in the list of processes, which every user can read.
    expect(command).not.toContain(key);
    const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write('GET /x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of child.stdout) {
      answer += chunk;
      if (answer.includes('asked for /x')) break;
    }
    child.stdin.destroy();
    expect(answer).toMatch(/^HTTP\/1.1 200 OK.*asked for \/x/s);
  },
);

test('the metadata service speaks version 2 only', async () => {
  const url = await serve(
    fakeMetadata({ instance: 'i-1', region: 'eu-west-1', address: '169.254.169.15', userData: 'told' }),
  );
  expect((await fetch(`${url}/latest/user-data`)).status).toBe(401);
  const token = await (await fetch(`${url}/latest/api/token`, { method: 'PUT' })).text();
  const get = (path: string) => fetch(`${url}/latest/${path}`, { headers: { 'x-aws-ec2-metadata-token': token } });
  expect(await (await get('user-data')).text()).toBe('told');
  expect(await (await get('meta-data/placement/region')).text()).toBe('eu-west-1');
  const role = await (await get('meta-data/iam/security-credentials/')).text();
  expect(await (await get(`meta-data/iam/security-credentials/${role}`)).json()).toMatchObject({
    AccessKeyId: expect.any(String),
  });
  expect((await get('meta-data/autoscaling/target-lifecycle-state')).status).toBe(404);
  expect((await get('constructor')).status).toBe(404);
});

test("the agent's calls are answered, and every call of the contract's table is known", async () => {
  const events: FakeAwsEvent[] = [];
  const secrets = { 'i2kit/default/default/db': { password: 'aHVudGVyMg==' } };
  const url = await serve(fakeAws({ instance: 'i-1', secrets, onEvent: (event) => events.push(event) }));
  const query = (action: string, more = '') => fetch(url, { method: 'POST', body: `Action=${action}${more}` });
  const json = (target: string, body: object) =>
    fetch(url, { method: 'POST', headers: { 'x-amz-target': target }, body: JSON.stringify(body) });
  await query('SignalResource', '&Status=SUCCESS');
  await json('Logs_20140328.PutLogEvents', { logStreamName: 'web/main', logEvents: [{ message: 'hello' }] });
  expect(events).toEqual([
    { kind: 'signal', status: 'SUCCESS' },
    { kind: 'log', stream: 'web/main', message: 'hello' },
  ]);
  const secret = await json('secretsmanager.GetSecretValue', { SecretId: 'i2kit/default/default/db' });
  expect(JSON.parse((await secret.json()).SecretString)).toEqual({ password: 'aHVudGVyMg==' });
  const none = await json('secretsmanager.GetSecretValue', { SecretId: 'constructor' });
  expect([none.status, await none.json()]).toEqual([
    400,
    expect.objectContaining({ __type: 'ResourceNotFoundException' }),
  ]);
  expect(await (await query('DescribeVolumes', '&VolumeId.1=vol-1')).text()).toContain('<instanceId>i-1</instanceId>');
  const table = JSON.parse(readFileSync(join(workspace, 'packages/compiler/contract/calls.json'), 'utf8')) as {
    actions: string[];
  }[];
  const calls = table
    .flatMap(({ actions }) => actions)
    .filter((each) => /^(cloudformation|autoscaling|elasticloadbalancing|cloudwatch|ec2|sts):/.test(each));
  for (const action of calls) expect([action, (await query(action.split(':')[1] ?? '')).status]).toEqual([action, 200]);
  expect((await query('Nothing')).status).toBe(400);
  expect(events.at(-1)).toEqual({ kind: 'unanswered', action: 'Nothing' });
});

const options: QemuOptions = {
  architecture: 'amd64',
  boot: 'uefi',
  firmware: { code: '/f/code', variables: '/f/vars' },
  disk: '/a,b/disk.raw',
  volumes: [{ id: 'vol-0123456789abcdef0', path: '/v.raw' }],
  memory: 384,
  cpus: 2,
  accelerator: 'auto',
  host: { platform: 'linux', arch: 'x64' },
  ports: [{ host: 8080, guest: 80 }],
  metadataCommand: 'nc 127.0.0.1 1',
  awsCommand: 'nc 127.0.0.1 2',
  internet: false,
  qmpSocket: '/c',
};
const accelerators = (over: Partial<QemuOptions>) => {
  const words = qemuArguments({ ...options, ...over });
  return words.filter((_, index) => words[index - 1] === '-accel');
};

test('QEMU is asked for a machine that reaches nothing else, with disks as EC2 has them', () => {
  const words = qemuArguments(options);
  expect(words).toContain('nvme,drive=volume0,serial=vol0123456789abcdef0');
  expect(words).toContain('if=none,id=root,format=raw,snapshot=on,file=/a,,b/disk.raw');
  const network = words[words.indexOf('-netdev') + 1] ?? '';
  expect(network).toContain('restrict=on');
  expect(network).toContain('hostfwd=tcp:127.0.0.1:8080-169.254.169.15:80');
  expect(network).toContain('guestfwd=tcp:169.254.169.254:80-cmd:nc 127.0.0.1 1');
  expect(qemuArguments({ ...options, internet: true }).join(' ')).toContain('restrict=off');
});

test('the fastest way to run it that this computer has', () => {
  expect(accelerators({})).toEqual(['kvm', 'tcg']);
  expect(accelerators({ host: { platform: 'darwin', arch: 'x64' } })).toEqual(['hvf', 'tcg']);
  expect(accelerators({ architecture: 'arm64' })).toEqual(['tcg']);
  expect(accelerators({ accelerator: 'tcg' })).toEqual(['tcg']);
});
