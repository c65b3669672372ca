// DNS names in a hosted zone of another account, through the built command line: reviewed, written after the stack,
// and removed before it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { region } from '../awsEmulator/clients.ts';
import { describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';
import { createFolder } from '../fixtures/cli.ts';
import { startRequestRecorder } from '../fixtures/requestRecorder.ts';

const otherAccount = '210987654321';
let dns: Route53Client;
let zone = '';
const scratch = mkdtempSync(join(tmpdir(), 'i2kit-dns-'));
const credentialsFile = join(scratch, 'credentials');
const { emulator, clients, folder } = await startApp({ variables: { AWS_SHARED_CREDENTIALS_FILE: credentialsFile } });

const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;
const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
${service('web')}`;

const settings = (more = '') => `app: shop
region: ${region}
images: {web: ami-0a1b2c3d4e5f60001}
hostedZone: {name: example.org, profile: dns}
${more}`;

async function readRecords(): Promise<readonly string[]> {
  const { ResourceRecordSets = [] } = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));
  return ResourceRecordSets.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA')
    .map(({ Name, Type }) => `${Type} ${Name}`)
    .sort();
}

const change = (Action: 'CREATE' | 'DELETE', Name: string) =>
  dns.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: {
        Changes: [
          { Action, ResourceRecordSet: { Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] } },
        ],
      },
    }),
  );

const ours = (name: string) => [
  `A ${name}.example.org.`,
  `AAAA ${name}.example.org.`,
  `TXT _i2kit.${name}.example.org.`,
];
const apply = (...flags: readonly string[]) => folder.run('apply', '-f', 'web.yaml', '--yes', ...flags);

beforeAll(async () => {
  dns = new Route53Client({
    region,
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: otherAccount, secretAccessKey: 'none' },
  });
  zone = String(
    (await dns.send(new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'one' }))).HostedZone?.Id,
  ).replace('/hostedzone/', '');
  writeFileSync(credentialsFile, `[dns]\naws_access_key_id = ${otherAccount}\naws_secret_access_key = none\n`);
  folder.write('web.yaml', web);
  folder.write('i2kit.yaml', settings());
});

afterAll(async () => {
  rmSync(scratch, { recursive: true });
  dns?.destroy();
});

test('it is a zone that this account does not see', async () => {
  const { HostedZones = [] } = await clients.route53.send(new ListHostedZonesCommand({}));
  expect(HostedZones.map(({ Name }) => Name)).not.toContain('example.org.');
});

test('a name that is there already is not taken, and nothing is changed', async () => {
  await change('CREATE', 'web.example.org.');
  const { code, stderr } = await apply();
  expect([code, stderr]).toEqual([
    4,
    expect.stringMatching(
      /web\.example\.org in example\.org belongs to another owner \(A 192\.0\.2\.1\)\. Nothing was changed/,
    ),
  ]);
  await expect(describeStack(clients, 'default-shop')).resolves.toMatchObject({ status: 'REVIEW_IN_PROGRESS' });
  await change('DELETE', 'web.example.org.');
});

test('names are shown with the review, and written after the stack', async () => {
  const { code, stdout, stderr } = await apply();
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(
      `names in example.org (${zone}), written with the profile dns after the stack\n    CREATE   web.example.org`,
    ),
  });
  expect(stdout).toContain('WebUrl    http://web.example.org');
  expect(await readRecords()).toEqual(ours('web'));
  const status = await folder.run('status', '--app', 'shop');
  expect(status.stdout).toContain('web.example.org  written  (zone example.org of another account)');
  expect(JSON.parse((await folder.run('status', '--app', 'shop', '-o', 'json')).stdout).names).toEqual([
    { name: 'web.example.org', zone: 'example.org', state: 'written' },
  ]);
});

test('a name that was lost is written again, though the stack is as it was', async () => {
  const { ResourceRecordSets = [] } = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));
  const lost = ResourceRecordSets.filter(({ Name = '' }) => Name.includes('web.'));
  await dns.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Changes: lost.map((ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet })) },
    }),
  );
  expect((await folder.run('status', '--app', 'shop')).stdout).toContain('web.example.org  missing');
  expect(await apply()).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing to do') });
  expect(await readRecords()).toEqual(ours('web'));
});

test('a Service that is renamed takes its name along', async () => {
  folder.edit('web.yaml', service('web'), service('shop'));
  const { code, stderr } = await apply('--allow-replace', 'WebLoadBalancer', '--allow-network', 'Service/shop');
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/CREATE {3}shop\.example\.org\n {4}DESTROY {2}web\.example\.org/),
  });
  expect(await readRecords()).toEqual(ours('shop'));
});

test('a zone that the other account has not is said before anything is changed', async () => {
  folder.edit('i2kit.yaml', 'example.org', 'example.net');
  const { code, stderr } = await apply();
  expect([code, stderr]).toEqual([
    4,
    expect.stringContaining('The account of the profile dns has no public zone example.net'),
  ]);
  folder.edit('i2kit.yaml', 'example.net', 'example.org');
});

test('an app that gives the zone up gives its names up', async () => {
  folder.edit('i2kit.yaml', /hostedZone: .*\n/, '');
  expect(await apply()).toMatchObject({ code: 0 });
  expect(await readRecords()).toEqual([]);
  folder.write('i2kit.yaml', settings());
  expect((await apply()).code).toBe(0);
  expect(await readRecords()).toEqual(ours('shop'));
});

test('names go before the stack does, and those of others stay', async () => {
  await change('CREATE', 'mail.example.org.');
  const gone = await folder.run('destroy', '--app', 'shop', '--yes');
  expect(gone).toMatchObject({ code: 0 });
  expect(await readRecords()).toEqual(['A mail.example.org.']);
  await expect(describeStack(clients, 'default-shop')).rejects.toThrow();
  expect(await folder.run('destroy', '--app', 'shop', '--yes')).toMatchObject({ code: 0 });
});

test('a role of the other account writes them as well, and nobody else does', async () => {
  const roleArn = `arn:aws:iam::${otherAccount}:role/dns`;
  const wire = await startRequestRecorder(emulator.endpoint);
  const other = createFolder(wire.endpoint);
  try {
    other.write('web.yaml', web);
    other.write('i2kit.yaml', settings().replace('profile: dns', `roleArn: "${roleArn}"`));
    const made = await other.run('apply', '-f', 'web.yaml', '--yes');
    expect(made).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`names in example.org (${zone}), written with ${roleArn} after the stack`),
    });
    expect(wire.formOf('AssumeRole')?.get('RoleArn')).toBe(roleArn);
    expect(await readRecords()).toEqual(['A mail.example.org.', ...ours('web')].sort());
    expect((await other.run('status', '--app', 'shop')).stdout).toContain('web.example.org  written');
    expect(await other.run('destroy', '--app', 'shop', '--yes')).toMatchObject({ code: 0 });
    expect(await readRecords()).toEqual(['A mail.example.org.']);
    // Only commands that need the zone assume its role.
    wire.injectFault(-1);
    other.edit('i2kit.yaml', /hostedZone: .*\n/, '');
    expect(await other.run('apply', '-f', 'web.yaml', '--yes')).toMatchObject({ code: 0 });
    expect(wire.calls).not.toContain('AssumeRole');
    expect(await other.run('destroy', '--app', 'shop', '--yes')).toMatchObject({ code: 0 });
  } finally {
    other.remove();
    await wire.stop();
  }
});
