// Services across apps: Services that select another stack's machines, taken names, service variables.
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type AwsClients, account, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

let emulator: AwsEmulator;
let clients: AwsClients;
let parameters: SSMClient;
let data: WorkingFolder;
let shop: WorkingFolder;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
  parameters = new SSMClient({
    region: 'eu-west-1',
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
  });
  data = createFolder(emulator.endpoint);
  data.write('i2kit.yaml', 'app: data\nregion: eu-west-1\nimages: {db: ami-0a1b2c3d4e5f60001}\n');
  data.write('db.yaml', deployment('db', 5432) + service('db-own', 'db', 5432));
  shop = createFolder(emulator.endpoint);
  shop.write('i2kit.yaml', 'app: shop\nregion: eu-west-1\nimages: {web: ami-0a1b2c3d4e5f60002}\n');
  shop.write('web.yaml', deployment('web', 80) + service('web', 'web', 80));
});
afterAll(async () => {
  data?.remove();
  shop?.remove();
  clients?.destroy();
  parameters?.destroy();
  await emulator?.stop();
});

const deployment = (name: string, port: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - {name: ${name}, image: "nginx:1", ports: [{containerPort: ${port}}], resources: {requests: {cpu: 100m, memory: 64Mi}}}
---
`;

const service = (name: string, app: string, port: number) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${app}}, ports: [{port: ${port}}]}
---
`;

async function createZone(): Promise<string> {
  const { HostedZones = [] } = await clients.route53.send(
    new ListHostedZonesByNameCommand({ DNSName: 'cluster.local.' }),
  );
  return HostedZones[0]?.Id?.replace('/hostedzone/', '') ?? '';
}

async function readRecords(name: string) {
  const { ResourceRecordSets = [] } = await clients.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: await createZone() }),
  );
  return ResourceRecordSets.filter(({ Name }) => Name === name);
}

/** The variables as the agent reads them. */
async function readServiceVariables(namespace = 'default'): Promise<Record<string, string> | undefined> {
  try {
    const { Parameter } = await parameters.send(
      new GetParameterCommand({ Name: `/i2kit/default/services/${namespace}`, WithDecryption: true }),
    );
    return JSON.parse(Parameter?.Value ?? '');
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return undefined;
    throw error;
  }
}

test("an environment's zone is made with an SOA that forgets absent names soon", async () => {
  for (const _ of [1, 2]) {
    expect(await data.run('env', 'create', '--yes')).toMatchObject({ code: 0 });
    const [soa] = (await readRecords('cluster.local.')).filter(({ Type }) => Type === 'SOA');
    expect([soa?.TTL, soa?.ResourceRecords?.[0]?.Value]).toEqual([
      5,
      expect.stringMatching(/^\S+ \S+ \d+ \d+ \d+ \d+ 5$/),
    ]);
  }
});

test('a Service that selects nothing anywhere is refused, once, before anything is written', async () => {
  shop.write('db.yaml', service('db', 'db', 5432));
  expect(await shop.run('synth', '-f', '.')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('warning[I2K530]'),
  });
  const refused = await shop.run('apply', '-f', '.', '--yes');
  expect(refused).toMatchObject({ code: 4, stdout: '' });
  expect(
    refused.stderr.match(/error\[I2K762\] db\.yaml:4:18 no workload of the input, nor of another stack/g),
  ).toHaveLength(1);
  expect(await shop.run('status')).toMatchObject({ code: 3 });
  expect(await readServiceVariables()).toBeUndefined();
});

test("another app's machines are found by their labels, and have a share of the name", async () => {
  expect(await data.run('apply', '-f', 'db.yaml', '--yes')).toMatchObject({ code: 0 });
  expect(await shop.run('apply', '-f', '.', '--yes')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('error[I2K763]'),
  });
  const found = await shop.run('context', '-f', '.');
  expect(found).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^default\/db {2}\S+\.elb\S+ {2}default-data {2}weight 1\n$/),
  });
  const written = shop.read('i2kit.context.json');
  expect(JSON.parse(written)).toMatchObject({
    version: 1,
    services: { default: { 'default/db': [{ stack: 'default-data', weight: 1 }] } },
  });
  expect((await shop.run('context', '-f', '.')).code).toBe(0);
  expect(shop.read('i2kit.context.json')).toBe(written);
  const synth = await shop.run('synth', '-f', '.');
  expect(synth.stderr).not.toContain('I2K530');
  expect(await shop.run('apply', '-f', '.', '--yes')).toMatchObject({ code: 0 });
  const [own] = await readRecords('db-own.default.svc.cluster.local.');
  expect(await readRecords('db.default.svc.cluster.local.')).toMatchObject([
    { Type: 'A', Weight: 1, SetIdentifier: expect.any(String), AliasTarget: { DNSName: own?.AliasTarget?.DNSName } },
  ]);
});

test('a port on which nothing listens there, and a context that is out of date, are refused', async () => {
  shop.write('db.yaml', service('db', 'db', 5433));
  const refused = await shop.run('apply', '-f', '.', '--yes');
  expect(refused.stderr).toContain('Deployment/default/db of default-data has the labels app=db');
  expect(refused.stderr).toContain('no load balancer leads there on port 5433');
  shop.write('db.yaml', service('db', 'db', 5432));
  shop.edit('i2kit.context.json', '"weight": 1', '"weight": 7');
  expect(await shop.run('apply', '-f', '.', '--yes')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('error[I2K763]'),
  });
  shop.edit('i2kit.context.json', '"weight": 7', '"weight": "7"');
  expect(await shop.run('synth', '-f', '.')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error[I2K736]'),
  });
  shop.edit('i2kit.context.json', '"weight": "7"', '"weight": 1');
  expect(await shop.run('apply', '-f', '.', '--yes')).toMatchObject({ code: 0 });
});

test('both apps have their Services in the variables of the namespace', async () => {
  expect(await readServiceVariables()).toEqual({
    DB_OWN_SERVICE_HOST: 'db-own.default.svc.cluster.local',
    DB_OWN_SERVICE_PORT: '5432',
    DB_SERVICE_HOST: 'db.default.svc.cluster.local',
    DB_SERVICE_PORT: '5432',
    WEB_SERVICE_HOST: 'web.default.svc.cluster.local',
    WEB_SERVICE_PORT: '80',
  });
  data.write('db.yaml', deployment('db', 5432) + service('store', 'db', 5432));
  data.write(
    'more.yaml',
    deployment('x', 81).replace('name: x}', 'name: x, namespace: b}') +
      service('x', 'x', 81).replace('name: x}', 'name: x, namespace: b}'),
  );
  expect(await data.run('apply', '-f', '.', '--yes', '--image', 'x=ami-0a1b2c3d4e5f60003')).toMatchObject({ code: 0 });
  expect(Object.keys((await readServiceVariables()) ?? {}).filter((name) => name.endsWith('_HOST'))).toEqual([
    'DB_SERVICE_HOST',
    'STORE_SERVICE_HOST',
    'WEB_SERVICE_HOST',
  ]);
  expect(await readServiceVariables('b')).toEqual({ X_SERVICE_HOST: 'x.b.svc.cluster.local', X_SERVICE_PORT: '81' });
});

describe('variables go with the stack', () => {
  const names = async (namespace?: string) =>
    Object.keys((await readServiceVariables(namespace)) ?? {}).filter((name) => name.endsWith('_HOST'));
  const older = ['DB_OWN_SERVICE_HOST', 'DB_SERVICE_HOST', 'WEB_SERVICE_HOST'];
  const newer = ['DB_SERVICE_HOST', 'STORE_SERVICE_HOST', 'WEB_SERVICE_HOST'];
  const image = ['--image', 'x=ami-0a1b2c3d4e5f60003'];

  test('back to what a revision was kept with', async () => {
    const back = await data.run('rollback', 'default-data', '--to', '1', '--yes');
    expect(back).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') });
    expect([await names(), await readServiceVariables('b')]).toEqual([older, undefined]);
  });

  test('with a review in a file, when that is executed', async () => {
    expect(await data.run('apply', '-f', '.', ...image, '--save-review', 'kept.review')).toMatchObject({ code: 0 });
    expect([await names(), await readServiceVariables('b')]).toEqual([older, undefined]);
    expect(await data.run('apply', '--review', 'kept.review')).toMatchObject({ code: 0 });
    expect([await names(), await names('b')]).toEqual([newer, ['X_SERVICE_HOST']]);
    // A review from a file is archived, too.
    expect(await data.run('rollback', 'default-data', '--to', '3', '--yes')).toMatchObject({ code: 0 });
    expect(await data.run('rollback', 'default-data', '--to', '4', '--save-review', 'back.review')).toMatchObject({
      code: 0,
    });
    expect(await names()).toEqual(older);
    expect(await data.run('apply', '--review', 'back.review')).toMatchObject({ code: 0 });
    expect([await names(), await names('b')]).toEqual([newer, ['X_SERVICE_HOST']]);
  });

  test('and not with one that is out of date', async () => {
    expect(await data.run('rollback', 'default-data', '--to', '1', '--save-review', 'back.review')).toMatchObject({
      code: 0,
    });
    data.edit('more.yaml', 'nginx:1', 'nginx:2');
    expect(await data.run('apply', '-f', '.', '--image', 'x=ami-0a1b2c3d4e5f60004', '--yes')).toMatchObject({
      code: 0,
    });
    expect(await data.run('apply', '--review', 'back.review')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('Plan again'),
    });
    expect([await names(), await names('b')]).toEqual([newer, ['X_SERVICE_HOST']]);
    data.edit('kept.review', '"variables"', '"variable"');
    expect(await data.run('apply', '--review', 'kept.review')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a review'),
    });
  });
});

test('a name that another stack has is refused, with whose it is', async () => {
  const other = createFolder(emulator.endpoint);
  other.write('i2kit.yaml', 'app: other\nregion: eu-west-1\nimages: {web: ami-0a1b2c3d4e5f60002}\n');
  other.write('web.yaml', deployment('web', 80) + service('web', 'web', 80));
  const { code, stderr } = await other.run('apply', '-f', 'web.yaml', '--yes');
  expect(code).toBe(4);
  expect(stderr).toContain('error[I2K764]');
  expect(stderr).toMatch(
    /Service\/default\/web needs an A record at web\.default\.svc\.cluster\.local, which does not belong to this stack: it is A alias to \S+/,
  );
  expect(stderr).toContain('which is the load balancer of');
  expect(stderr).toContain('default-shop');
  expect(stderr).toContain('--take-name web.default.svc.cluster.local');
  other.remove();
});

test("a hand's record is taken over where that is said", async () => {
  const Name = 'cart.default.svc.cluster.local.';
  const ResourceRecordSet = { Name, Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value: '10.0.0.9' }] };
  const put = {
    HostedZoneId: await createZone(),
    ChangeBatch: { Changes: [{ Action: 'CREATE' as const, ResourceRecordSet }] },
  };
  await clients.route53.send(new ChangeResourceRecordSetsCommand(put));
  shop.write('cart.yaml', service('cart', 'web', 80));
  expect(await shop.run('apply', '-f', '.', '--yes')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('it is A 10.0.0.9'),
  });
  expect(await shop.run('apply', '-f', '.', '--yes', '--take-name', 'other.example.com')).toMatchObject({ code: 4 });
  const taken = await shop.run('apply', '-f', '.', '--yes', '--take-name', 'Cart.default.svc.cluster.local');
  expect(taken).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Taking over cart.default.svc.cluster.local.: {'),
  });
  expect(await readRecords(Name)).toMatchObject([
    { Type: 'A', AliasTarget: { DNSName: expect.stringContaining('.elb.') } },
  ]);
  // Its own variables from now on.
  expect(await shop.run('apply', '-f', '.', '--yes')).toMatchObject({ code: 0 });
});

test('a name that turns from one form into another needs two steps, and is told so', async () => {
  shop.write('db.yaml', service('db', 'web', 80));
  const { code, stderr } = await shop.run('apply', '-f', '.', '--yes', '--take-name', 'db.default.svc.cluster.local');
  expect([code, stderr]).toEqual([4, expect.stringContaining('Apply once without Service/default/db, then with it')]);
  shop.write('db.yaml', service('db', 'db', 5432));
});

test('an app that goes takes its variables with it, and leaves the others', async () => {
  expect(await shop.run('destroy', '-f', '.', '--yes')).toMatchObject({ code: 0 });
  expect(Object.keys((await readServiceVariables()) ?? {})).toEqual(['STORE_SERVICE_HOST', 'STORE_SERVICE_PORT']);
  expect(await data.run('destroy', '-f', '.', '--yes')).toMatchObject({ code: 0 });
  expect([await readServiceVariables(), await readServiceVariables('b')]).toEqual([undefined, undefined]);
});
