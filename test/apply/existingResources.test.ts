// Existing resources through the built command line: found by tags, verified, recorded, and used instead of new ones.
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand,
  type ResourceType,
} from '@aws-sdk/client-ec2';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { type Parameter, paginateGetParametersByPath } from '@aws-sdk/client-ssm';
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack } from '../awsEmulator/stack.ts';
import { startEmptyAccount } from '../fixtures/app.ts';
import { type CommandResult, createFolder } from '../fixtures/cli.ts';

const { emulator, clients, folder } = await startEmptyAccount();

const ids = { vpc: '', other: '', a: '', b: '', public: '', group: '', zone: '', gateway: '' };

const tagged = (ResourceType: ResourceType, tags: Readonly<Record<string, string>>) => ({
  TagSpecifications: [{ ResourceType, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }],
});

async function createSubnet(VpcId: string, CidrBlock: string, zone: string, tier: string): Promise<string> {
  const { Subnet } = await clients.ec2.send(
    new CreateSubnetCommand({
      VpcId,
      CidrBlock,
      AvailabilityZone: `eu-west-1${zone}`,
      ...tagged('subnet', { tier, Name: `${tier}-${zone}` }),
    }),
  );
  return Subnet?.SubnetId as string;
}

const createVpc = async (CidrBlock: string, Name: string): Promise<string> => {
  const { Vpc } = await clients.ec2.send(new CreateVpcCommand({ CidrBlock, ...tagged('vpc', { Name }) }));
  await clients.ec2.send(new ModifyVpcAttributeCommand({ VpcId: Vpc?.VpcId, EnableDnsHostnames: { Value: true } }));
  return Vpc?.VpcId as string;
};

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;

const settings = (network: object, more: object = {}) =>
  JSON.stringify({ app: 'shop', region: 'eu-west-1', images: { web: 'ami-0a1b2c3d4e5f60001' }, network, ...more });

const stackTags = async (StackName: string) =>
  (await clients.cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.Tags;

/** A failure shows the command's own output. */
function expectSuccess({ code, stderr }: CommandResult): void {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}`);
}

const create = (...flags: readonly string[]) => folder.run('env', 'create', '--yes', ...flags);

beforeAll(async () => {
  folder.write('web.yaml', web);
  ids.vpc = await createVpc('10.50.0.0/16', 'main');
  ids.other = await createVpc('10.51.0.0/16', 'other');
  ids.a = await createSubnet(ids.vpc, '10.50.0.0/24', 'a', 'private');
  ids.b = await createSubnet(ids.vpc, '10.50.1.0/24', 'b', 'private');
  ids.public = await createSubnet(ids.vpc, '10.50.8.0/24', 'a', 'public');
  await createSubnet(ids.vpc, '10.50.9.0/24', 'a', 'spare');
  await createSubnet(ids.other, '10.51.0.0/24', 'c', 'elsewhere');
  const { InternetGateway } = await clients.ec2.send(new CreateInternetGatewayCommand({}));
  ids.gateway = InternetGateway?.InternetGatewayId as string;
  await clients.ec2.send(new AttachInternetGatewayCommand({ VpcId: ids.vpc, InternetGatewayId: ids.gateway }));
  const { RouteTable } = await clients.ec2.send(new CreateRouteTableCommand({ VpcId: ids.vpc }));
  await clients.ec2.send(
    new CreateRouteCommand({
      RouteTableId: RouteTable?.RouteTableId,
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: ids.gateway,
    }),
  );
  await clients.ec2.send(
    new AssociateRouteTableCommand({ RouteTableId: RouteTable?.RouteTableId, SubnetId: ids.public }),
  );
  const { GroupId } = await clients.ec2.send(
    new CreateSecurityGroupCommand({
      VpcId: ids.vpc,
      GroupName: 'machines',
      Description: 'machines',
      ...tagged('security-group', { for: 'i2kit' }),
    }),
  );
  ids.group = GroupId as string;
  await clients.ec2.send(new CreateKeyPairCommand({ KeyName: 'debug-2026', ...tagged('key-pair', { Name: 'debug' }) }));
  for (const CallerReference of ['one', 'two']) {
    const { HostedZone } = await clients.route53.send(
      new CreateHostedZoneCommand({ Name: 'example.com', CallerReference }),
    );
    ids.zone = String(HostedZone?.Id).replace('/hostedzone/', '');
  }
});

const whole = () =>
  settings(
    {
      vpc: { tag: { Name: 'main' } },
      subnets: { private: { tag: { tier: 'private' } }, public: { tag: { tier: 'public' } } },
      securityGroup: { tag: { for: 'i2kit' } },
    },
    { hostedZone: { name: 'example.com', id: ids.zone }, keyPair: { tag: { Name: 'debug' } }, tags: { team: 'shop' } },
  );

describe('what cannot be used is said before anything is written', () => {
  afterAll(async () => {
    await expect(describeStack(clients, 'i2kit-default')).rejects.toThrow();
    expect(() => folder.read('i2kit.context.json')).toThrow();
  });

  test.each([
    [
      'no such VPC',
      () => settings({ vpc: { tag: { Name: 'none' } } }),
      /I2K719\] i2kit\.yaml:1:\d+ there is no VPC with Name=none\n.*There are: .*\(main\).*\(other\)/s,
    ],
    [
      'several subnets of one zone',
      () =>
        settings({
          subnets: { private: { tag: { tier: 'private' } }, public: [ids.public, ids.public.replace(/.$/, 'x')] },
        }),
      /I2K732/,
    ],
    [
      'two of a zone',
      () => settings({ subnets: { private: [ids.a, ids.public] } }),
      /I2K707\].*are both in eu-west-1a/,
    ],
    [
      'of two VPCs',
      () => settings({ vpc: ids.other, subnets: { private: [ids.a] } }),
      /I2K707\].*is in vpc-\w+, but the others have to be in/,
    ],
    [
      'no way to the internet',
      () => settings({ subnets: { private: [ids.a], public: [ids.b] } }),
      /I2K707\].*has no route to an internet gateway/,
    ],
    ['machines that reach nothing', () => settings({ subnets: [ids.public] }), /I2K707\].*egress: none/s],
    [
      'a group of elsewhere',
      () => settings({ vpc: ids.other, cidr: '10.51.0.0/20', securityGroup: ids.group }),
      /I2K707\].*is in vpc-\w+, not in/,
    ],
    ['a group without a VPC', () => settings({ securityGroup: ids.group }), /I2K707\].*Set `network.vpc`/s],
    [
      'a key pair',
      () => settings({}, { keyPair: 'lost' }),
      /I2K719\].*there is no key pair lost\n.*There are: debug-2026/s,
    ],
    [
      'a zone by tags',
      () => settings({}, { hostedZone: { name: 'example.com', tag: { team: 'dns' } } }),
      /I2K719\].*there is no public zone example.com with team=dns/,
    ],
    [
      'a bucket',
      () => settings({}, { bucket: 'not-there-at-all' }),
      /I2K719\].*the bucket not-there-at-all does not exist/,
    ],
  ])('%s', async (_, yaml, said) => {
    folder.write('i2kit.yaml', yaml());
    const { code, stderr } = await create();
    expect(stderr).toMatch(said);
    expect(code).toBe(said.source === 'I2K732' ? 2 : 4);
  });

  test('everything that is wrong is said at once', async () => {
    folder.write('i2kit.yaml', settings({ vpc: 'vpc-00000000' }, { keyPair: 'lost' }));
    expect((await create()).stderr.match(/I2K719\]/g)).toHaveLength(2);
  });

  test('without DNS nothing would be found', async () => {
    await clients.ec2.send(new ModifyVpcAttributeCommand({ VpcId: ids.other, EnableDnsSupport: { Value: false } }));
    folder.write('i2kit.yaml', settings({ vpc: ids.other, cidr: '10.51.0.0/20' }));
    expect((await create()).stderr).toMatch(/I2K707\].*has no DNS support\n.*enable-dns-support/s);
  });

  test('nothing that was not looked up is compiled without the account', async () => {
    folder.write('i2kit.yaml', whole());
    expect(await folder.run('env', 'synth')).toMatchObject({ code: 2, stderr: expect.stringContaining('I2K713') });
  });
});

test('an environment stands on what is there, and makes the rest', async () => {
  folder.write('i2kit.yaml', whole());
  expectSuccess(await create());
  const context = JSON.parse(folder.read('i2kit.context.json'));
  expect(context.network.default).toMatchObject({
    account: '123456789012',
    keyPair: 'debug-2026',
    securityGroup: ids.group,
    subnets: { private: { 'eu-west-1a': ids.a, 'eu-west-1b': ids.b }, public: { 'eu-west-1a': ids.public } },
    vpc: { id: ids.vpc, cidrs: ['10.50.0.0/16'], internetGateway: ids.gateway },
  });
  const Parameters: Parameter[] = [];
  for await (const page of paginateGetParametersByPath(
    { client: clients.ssm },
    { Path: '/i2kit/default', Recursive: true },
  ))
    Parameters.push(...(page.Parameters ?? []));
  const handed = Object.fromEntries(
    Parameters.map(({ Name = '', Value }) => [Name.replace('/i2kit/default/', ''), Value]),
  );
  expect(handed).toMatchObject({
    'vpc-id': ids.vpc,
    members: ids.group,
    'subnets/private': `${ids.a},${ids.b}`,
    'subnets/private/eu-west-1b': ids.b,
    'subnets/public': ids.public,
    'zones/public': ids.zone,
    egress: 'given',
  });
  const { Vpcs = [] } = await clients.ec2.send(new DescribeVpcsCommand({}));
  expect(Vpcs.filter(({ IsDefault }) => !IsDefault)).toHaveLength(2);
  expect(await stackTags('i2kit-default')).toContainEqual({ Key: 'team', Value: 'shop' });
});

test('it compiles the same without the account, and what was found once stays', async () => {
  const first = await folder.run('env', 'synth');
  expect(first.code).toBe(0);
  await createVpc('10.52.0.0/16', 'main');
  const before = folder.read('i2kit.context.json');
  expect(await create()).toMatchObject({ code: 0, stderr: expect.stringContaining('there was nothing to do') });
  expect(folder.read('i2kit.context.json')).toBe(before);
  expect((await folder.run('env', 'synth')).stdout).toBe(first.stdout);
});

test('an app stands on it as on any other, and its stack says whose it is', async () => {
  expectSuccess(await folder.run('apply', '-f', 'web.yaml', '--yes'));
  const made = await readStack(clients, 'default-shop');
  expect(made.groups['WebGroup']?.VPCZoneIdentifier).toBe(`${ids.a},${ids.b}`);
  expect(Object.values(made.launchTemplates)[0]?.data).toMatchObject({ KeyName: 'debug-2026' });
  expect(JSON.stringify(Object.values(made.launchTemplates)[0]?.data.NetworkInterfaces)).toContain(ids.group);
  expect(
    Object.values(made.records)
      .flat()
      .map(({ Name }) => Name),
  ).toContain('web.example.com.');
  expect(await stackTags('default-shop')).toContainEqual({ Key: 'team', Value: 'shop' });
});

test('the original names of subnet and group work alone', async () => {
  const fresh = createFolder(emulator.endpoint);
  try {
    fresh.write('i2kit.yaml', 'region: eu-west-1\nnetwork: {egress: none}\n');
    const made = await fresh.run(
      'env',
      'create',
      '--env',
      'old',
      '--subnet',
      ids.public,
      '--security-group',
      ids.group,
      '--yes',
    );
    expect(made).toMatchObject({ code: 0 });
    expect(JSON.parse(fresh.read('i2kit.context.json')).network.old.subnets).toEqual({
      private: { 'eu-west-1a': ids.public },
      public: { 'eu-west-1a': ids.public },
    });
  } finally {
    fresh.remove();
  }
});
