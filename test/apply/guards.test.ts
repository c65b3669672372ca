// Each cell of the table of guards: what a guard is for is refused by every command that the table says, and only there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeStackSetOperationCommand,
  GetTemplateCommand,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Change, changes, type GuardName, type GuardRow, guardTable } from '../../packages/cli/src/guardTable.ts';
import { account, region } from '../awsEmulator/clients.ts';
import { createStack, deleteStack, updateStack } from '../awsEmulator/stack.ts';
import { startEmptyAccount } from '../fixtures/app.ts';
import { runInProcess } from '../fixtures/inProcess.ts';

const scratch = mkdtempSync(join(tmpdir(), 'i2kit-guards-'));
const credentialsFile = join(scratch, 'credentials');
const otherAccount = '210987654321';
writeFileSync(credentialsFile, `[dns]\naws_access_key_id = ${otherAccount}\naws_secret_access_key = none\n`);
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const { emulator, clients, folder } = await startEmptyAccount();

/** Everything that a command printed, by the scenarios that it ran in. */
const printed: Partial<Record<Change, string>> = {};

async function run(argv: readonly string[], answer?: string) {
  const env = { AWS_ENDPOINT_URL: emulator.endpoint };
  return runInProcess({ cwd: folder.cwd, env, ...(answer !== undefined && { answer }) }, argv);
}

async function mustSucceed(...argv: readonly string[]): Promise<void> {
  const { code, stderr } = await run(argv);
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
}

/** Runs a command that has to end with a refusal or an input error, and keeps what it printed. */
async function refused(change: Change, argv: readonly string[], answer?: string): Promise<void> {
  const { code, stderr } = await run(argv, answer);
  if (code !== 4 && code !== 2) throw new Error(`${argv.join(' ')}: exit code ${code}: ${stderr}`);
  printed[change] = `${printed[change] ?? ''}${stderr}`;
}

const workload = (more = '') => `apiVersion: apps/v1
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
          ports: [{containerPort: 80}, {containerPort: 81}, {containerPort: 82}]
          env: [{name: WORD, valueFrom: {secretKeyRef: {name: pass, key: word}}}${more}]
---
`;
const service = (name: string, port: number, type = 'ClusterIP', app = 'web') => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: ${type}, selector: {app: ${app}}, ports: [{port: ${port}}]}
---
`;
const disk = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "postgres:17", volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
`;

const set = ['--regions', region, '--accounts', account];
const input = ['-f', 'full.yaml'];
const deployments: Readonly<Partial<Record<Change, readonly string[]>>> = {
  apply: ['apply', ...input],
  'apply --with-env': ['apply', ...input, '--with-env'],
  'apply --review': ['apply', '--review', 'full.json'],
  'apply --regions': ['apply', ...input, ...set],
  rollback: ['rollback', 'default-shop', '--to', '1'],
};
const each = (yes: readonly string[]) =>
  Object.entries(deployments).map(([change, argv]) => [change as Change, [...argv, ...yes]] as const);

async function deployedTemplate(StackName: string) {
  const { TemplateBody = '' } = await clients.cloudFormation.send(new GetTemplateCommand({ StackName }));
  return JSON.parse(TemplateBody) as { Resources: Record<string, { Type: string; Properties: Record<string, never> }> };
}

/** The deployed template, changed so that the one of full.yaml loses data, opens, widens, fails and shrinks. */
async function formerTemplate() {
  const template = await deployedTemplate('default-shop');
  for (const { Type, Properties } of Object.values(template.Resources) as { Type: string; Properties: object }[]) {
    if (Type === 'AWS::EC2::Volume') Object.assign(Properties, { Size: 9 });
    if (Type === 'AWS::EC2::SecurityGroup') Object.assign(Properties, { SecurityGroupIngress: [] });
    if (Type === 'AWS::AutoScaling::AutoScalingGroup' && JSON.stringify(Properties).includes('Web'))
      Object.assign(Properties, { DesiredCapacity: '5', MaxSize: '6' });
    if (Type === 'AWS::IAM::Role') Object.assign(Properties, { Policies: [] });
  }
  const [balancer] = Object.values(template.Resources).filter(({ Type }) => Type.endsWith('V2::LoadBalancer'));
  Object.assign(template.Resources, {
    Extra: {
      Type: 'AWS::EC2::Volume',
      DeletionPolicy: 'Delete',
      Properties: { AvailabilityZone: `${region}a`, Size: 1 },
    },
    Balancer: { ...balancer, Properties: { ...balancer?.Properties, Name: undefined } },
  });
  return template;
}

const recordOf = (HostedZoneId: string, Name: string, Action: 'CREATE' | 'UPSERT' = 'CREATE') =>
  new ChangeResourceRecordSetsCommand({
    HostedZoneId,
    ChangeBatch: {
      Changes: [
        Action === 'CREATE'
          ? { Action, ResourceRecordSet: { Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] } }
          : { Action, ResourceRecordSet: { Name, Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"someone"' }] } },
      ],
    },
  });

const tags = { 'i2kit:app': 'shop', 'i2kit:env': 'default' };
const emptyTags = { tags: { 'i2kit:env': 'empty' } };

beforeAll(async () => {
  folder.write(
    'i2kit.yaml',
    `app: shop\nregion: ${region}\nimages: {web: ami-0a1b2c3d4e5f60001, db: ami-0a1b2c3d4e5f60001}\n`,
  );
  const services = service('web', 80) + service('front', 82, 'LoadBalancer');
  folder.write('full.yaml', workload() + services + service('extra', 81) + disk);
  const light = (colour: string) => workload(`, {name: COLOUR, value: ${colour}}`) + services + disk;
  folder.write('light.yaml', light('green'));
  folder.write('none.yaml', '# nothing\n');
  folder.write('secret.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: {name: pass}\nstringData: {word: none}\n');
  await mustSucceed('env', 'create', '--yes');
  await mustSucceed('env', 'create', '--env', 'empty', '--yes');
  await mustSucceed('secrets', 'push', '-f', 'secret.yaml');
  await mustSucceed('apply', ...input, '--yes');
  await mustSucceed('apply', ...input, '--yes', ...set);
  await mustSucceed('apply', '-f', 'light.yaml', '--yes');
  folder.write('light.yaml', light('blue'));
  await mustSucceed('apply', '-f', 'light.yaml', '--yes');

  // An input without a workload.
  for (const change of ['apply', 'apply --with-env', 'apply --regions'] as const)
    await refused(change, [...(deployments[change] ?? []).map((word) => word.replace('full', 'none')), '--yes']);

  // Nobody confirms.
  await mustSucceed('apply', ...input, '--save-review', 'full.json');
  folder.write('light.yaml', light('red'));
  for (const [change, argv] of each([])) {
    // A change that no other guard is for.
    const words = argv.map((word) => (word === '1' ? '2' : word.replace('full', 'light')));
    if (change !== 'apply --review') await refused(change, words, 'no');
  }
  await createStack(clients, 'default-shop-Part', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }, {}, { tags });
  await refused('destroy', ['destroy', '-f', 'full.yaml', '--yes']);
  await deleteStack(clients, 'default-shop-Part');
  await refused('destroy', ['destroy', '-f', 'full.yaml'], 'no');
  await refused('env destroy', ['env', 'destroy', '--yes']);
  await refused('env destroy', ['env', 'destroy', '--env', 'empty'], 'no');
  folder.edit('i2kit.yaml', 'app: shop\n', 'app: shop\ntags: {team: shop}\n');
  await refused('env create', ['env', 'create', '--env', 'empty'], 'no');
  folder.edit('i2kit.yaml', 'tags: {team: shop}\n', '');

  // Effects on data, addresses, rights, network and machines.
  const former = await formerTemplate();
  await updateStack(clients, 'default-shop', former, {}, { tags });
  const TemplateBody = JSON.stringify(former);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const own = { StackSetName: 'default-shop', Tags, Capabilities: ['CAPABILITY_IAM' as const] };
  const { OperationId } = await clients.cloudFormation.send(new UpdateStackSetCommand({ ...own, TemplateBody }));
  const operation = { StackSetName: 'default-shop', OperationId };
  for (let status: string | undefined = 'RUNNING'; status === 'RUNNING'; )
    status = (await clients.cloudFormation.send(new DescribeStackSetOperationCommand(operation))).StackSetOperation
      ?.Status;
  await mustSucceed('apply', ...input, '--save-review', 'full.json');
  for (const [change, argv] of each(['--yes'])) await refused(change, argv);
  const environment = await deployedTemplate('i2kit-empty');
  const { Resources } = environment;
  const changeEnvironment = (resources: object) =>
    updateStack(clients, 'i2kit-empty', { ...environment, Resources: { ...Resources, ...resources } }, {}, emptyTags);
  const createEnvironment = ['env', 'create', '--env', 'empty', '--yes'];
  await changeEnvironment({ Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } } });
  await refused('env create', createEnvironment);
  const [id = '', parameter] = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::SSM::Parameter') ?? [];
  await changeEnvironment({ [id]: undefined });
  await changeEnvironment({ Extra: former.Resources['Extra'], [id]: undefined, Renamed: parameter });
  await refused('env create', createEnvironment);

  // A name in a zone of another account belongs to somebody else.
  const dns = new Route53Client({
    region,
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: otherAccount, secretAccessKey: 'none' },
  });
  const { HostedZone } = await dns.send(new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'far' }));
  folder.write('far.yaml', workload().replace(/ +env: .*\n/, '') + service('far', 80, 'LoadBalancer'));
  folder.write(
    'far.config.yaml',
    `app: far\nregion: ${region}\nimages: {web: ami-0a1b2c3d4e5f60001}\nhostedZone: {name: example.org, profile: dns}\n`,
  );
  const far = ['-f', 'far.yaml', '--config', 'far.config.yaml'];
  await mustSucceed('apply', ...far, '--yes');
  await mustSucceed('apply', ...far, '--yes', '--force-redeploy');
  await mustSucceed('apply', ...far, '--save-review', 'far.json', '--region', region);
  await dns.send(recordOf(HostedZone?.Id ?? '', '_i2kit.far.example.org', 'UPSERT'));
  dns.destroy();
  await refused('apply', ['apply', ...far, '--yes']);
  await refused('apply --with-env', ['apply', ...far, '--yes', '--with-env']);
  await refused('apply --review', ['apply', '--review', 'far.json']);
  await refused('rollback', ['rollback', 'default-far', '--to', '1', '--yes']);

  // The account lacks what machines need, and others have the names.
  await mustSucceed('secrets', 'rm', 'i2kit/default/default/pass', '--force', '--yes');
  await clients.ssm.send(
    new PutParameterCommand({
      Name: '/i2kit/default/services/default/other',
      Value: JSON.stringify({ LONG: 'x'.repeat(8_000) }),
      Type: 'String',
      Tier: 'Advanced',
    }),
  );
  folder.write('full.yaml', `${folder.read('full.yaml')}${service('lost', 90, 'ClusterIP', 'lost')}`);
  const { HostedZones = [] } = await clients.route53.send(new ListHostedZonesCommand({}));
  const [zone] = HostedZones.filter(({ Config }) => Config?.Comment?.endsWith('environment default'));
  await clients.route53.send(recordOf(zone?.Id ?? '', 'extra.default.svc.cluster.local'));
  for (const [change, argv] of each(['--yes'])) await refused(change, argv);

  // The stacks belong to others.
  const others = { 'i2kit:app': 'other', 'i2kit:env': 'default' };
  await updateStack(clients, 'default-shop', await deployedTemplate('default-shop'), {}, { tags: others });
  await updateStack(clients, 'i2kit-empty', await deployedTemplate('i2kit-empty'), {}, { tags: others });
  await clients.cloudFormation.send(
    new UpdateStackSetCommand({ ...own, Tags: [{ Key: 'i2kit:app', Value: 'other' }], UsePreviousTemplate: true }),
  );
  // The same version as before: revisions name it.
  const Name = 'i2kit/default/default/pass';
  const ClientRequestToken = JSON.parse(folder.read('i2kit.lock.json')).secrets[Name];
  const store = new SecretsManagerClient({ region, endpoint: emulator.endpoint });
  await store.send(new CreateSecretCommand({ Name, SecretString: '{}' }));
  await store.send(new PutSecretValueCommand({ SecretId: Name, SecretString: '{"a":""}', ClientRequestToken }));
  store.destroy();
  await clients.ssm.send(new DeleteParameterCommand({ Name: '/i2kit/default/services/default/other' }));
  const blue = ['apply', '-f', 'light.yaml', '--yes'];
  await refused('apply', blue);
  await refused('apply --with-env', [...blue, '--with-env']);
  await refused('apply --regions', [...blue, ...set]);
  await refused('rollback', ['rollback', '-f', 'light.yaml', '--to', '2', '--yes']);
  await refused('env create', ['env', 'create', '--env', 'empty', '--yes']);
  await refused('destroy', ['destroy', '-f', 'light.yaml', '--yes']);
  await refused('env destroy', ['env', 'destroy', '--env', 'empty', '--yes']);
});

/** What a guard prints. */
const sentences: Readonly<Record<GuardName, RegExp>> = {
  workloads: /error\[I2K738\]/,
  secrets: /error\[I2K760\]/,
  externalServices: /error\[I2K762\]/,
  serviceVariables: /error\[I2K766\]/,
  dnsNames: /error\[I2K764\]/,
  crossAccountNames: /belongs to another owner/,
  data: /error: .*data would be lost/,
  address: /error: .*an address would change|its address would be lost/,
  rights: /error: .*permissions would widen/,
  network: /error: .*the network would open/,
  fails: /error: .*CloudFormation would refuse it/,
  removal: /error: .*machines of shop would be removed/,
  owner: /already exists and is/,
  dependents: /error: These stacks depend on/,
  confirmation: /\? \[y\/N\] /,
};

const cells = (Object.entries(guardTable) as [GuardName, GuardRow][]).flatMap(([guard, { by }]) =>
  changes.map((change) => [guard, change, by[change]] as const),
);

test.each(cells)('%s in %s', (guard, change, cell) => {
  const text = printed[change] ?? '';
  expect(text).not.toBe('');
  if (cell === 'runs') expect(text).toMatch(sentences[guard]);
  else expect(text).not.toMatch(sentences[guard]);
});
