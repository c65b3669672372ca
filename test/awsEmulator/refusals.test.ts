// Shows that the AWS emulator refuses what AWS refuses, so that a mistake in a template fails its stack.
import { appTemplate } from '../fixtures/templates/app.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { type AwsEmulator, startAwsEmulator } from './emulator.ts';
import { seedEnvironment } from './environment.ts';
import { createStack, updateStack } from './stack.ts';

let emulator: AwsEmulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  clients?.destroy();
  await emulator?.stop();
});

const resource = (type: string, properties: object) => ({ Type: `AWS::${type}`, Properties: properties });
const ref = (Ref: string) => ({ Ref });
const good = appTemplate().Resources;
test.each<[string, Record<string, object>, string]>([
  ['two listeners of one port', { Other: good.Listener }, 'A listener already exists on this port'],
  [
    'a listener of the wrong kind',
    { Other: { ...good.Listener, Properties: { ...good.Listener.Properties, Port: 81, Protocol: 'HTTP' } } },
    "Listener protocol 'HTTP' must be one of",
  ],
  [
    'one target group behind two load balancers',
    {
      Balancer2: good.Balancer,
      Other: { ...good.Listener, Properties: { ...good.Listener.Properties, LoadBalancerArn: ref('Balancer2') } },
    },
    'cannot be associated with more than one load balancer',
  ],
  ['one rule twice', { Other: { ...good.FromMembers, DependsOn: 'FromMembers' } }, 'already exists'],
  [
    'a record of another zone',
    {
      Other: resource('Route53::RecordSet', {
        HostedZoneId: ref('Zone'),
        Name: 'a.example.com.',
        Type: 'A',
        TTL: '5',
        ResourceRecords: ['10.0.0.1'],
      }),
    },
    'is not permitted in zone cluster.local.',
  ],
  ['one record twice', { Other: { ...good.Record, DependsOn: 'Record' } }, 'already exists'],
  [
    'user data that is too long',
    {
      Other: resource('EC2::LaunchTemplate', {
        LaunchTemplateData: { UserData: { 'Fn::Base64': 'x'.repeat(16_385) } },
      }),
    },
    'User data is limited to 16384 bytes',
  ],
  [
    'a group of more than its most',
    { Other: { ...good.Group, Properties: { ...good.Group.Properties, DesiredCapacity: '9' } } },
    'Desired capacity:9 must be between',
  ],
  [
    'NAT without a gateway to the internet',
    {
      Vpc2: resource('EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      Subnet2: resource('EC2::Subnet', { VpcId: ref('Vpc2'), CidrBlock: '10.0.0.0/24' }),
      Eip: resource('EC2::EIP', { Domain: 'vpc' }),
      Nat: resource('EC2::NatGateway', {
        SubnetId: ref('Subnet2'),
        AllocationId: { 'Fn::GetAtt': ['Eip', 'AllocationId'] },
      }),
    },
    'has no Internet gateway attached',
  ],
])('a stack fails with %s', async (_, extra, words) => {
  await seedEnvironment(clients);
  await expect(createStack(clients, 'shop', appTemplate({ extra }))).rejects.toThrow(words);
});

test('an update fails with a volume moved to another zone', async () => {
  await seedEnvironment(clients);
  await createStack(clients, 'shop', appTemplate());
  const moved = { Data: { ...good.Data, Properties: { ...good.Data.Properties, AvailabilityZone: 'eu-west-1b' } } };
  await expect(updateStack(clients, 'shop', appTemplate({ extra: moved }))).rejects.toThrow(
    'Volume properties other than',
  );
});
