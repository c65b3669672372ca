// Machines' own security groups decide about outgoing traffic: environments created before and after that rule take
// the same app, in either order of updates.
import { DescribeSecurityGroupsCommand, type IpPermission } from '@aws-sdk/client-ec2';
import { compile, environmentTemplate } from '@i2kit/compiler';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { createStack, deleteStack, describeStack, updateStack } from '../awsEmulator/stack.ts';
import type { Loose } from './invariants.ts';

let emulator: AwsEmulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
});

afterAll(async () => {
  await emulator?.stop();
});

const plain = (template: unknown): Loose => JSON.parse(JSON.stringify(template));

function environmentOf(env: string): Loose {
  const made = environmentTemplate({ env, config: { region: 'eu-west-1', network: { zones: 2 } } });
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  return plain(made.template);
}

/** As environments were created before: all machines may send everything. */
function withoutEgress(template: Loose): Loose {
  const old = plain(template);
  old.Resources.Members.Properties.SecurityGroupEgress = [
    { IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'Out' },
  ];
  return old;
}

const workload = (name: string, port: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: ${name}, image: 'registry.example.com/${name}:1', ports: [{ containerPort: ${port} }], resources: { requests: { cpu: 100m, memory: 64Mi } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: ${port} }] }
`;

const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 5432 }] }]
`;

function appOf(env: string, ...documents: readonly string[]): Loose {
  const result = compile([{ name: 'app.yaml', text: documents.join('---') }], {
    app: 'shop',
    env,
    config: { region: 'eu-west-1', images: { web: 'ami-0123456789abcdef0', db: 'ami-0123456789abcdef0' } },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return plain(result.stacks[0]?.template);
}

/** `<destination> <protocol> <first port>` of all traffic that a machine of web may send, over all of its groups. */
async function readEgress(env: string): Promise<readonly string[]> {
  const [{ resources: own }, { resources: shared }] = await Promise.all([
    describeStack(clients, `${env}-shop`),
    describeStack(clients, `i2kit-${env}`),
  ]);
  const id = (logical: string) => (own[logical] ?? shared[logical])?.PhysicalResourceId as string;
  const names = new Map(['DbFirewall', 'InternalLoadBalancer1Firewall'].map((logical) => [id(logical), logical]));
  const { SecurityGroups = [] } = await clients.ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [id('Members'), id('WebFirewall')] }),
  );
  const text = ({ IpProtocol, FromPort, IpRanges = [], UserIdGroupPairs = [] }: IpPermission) =>
    [
      ...IpRanges.map(({ CidrIp }) => CidrIp),
      ...UserIdGroupPairs.map(({ GroupId = '' }) => names.get(GroupId) ?? GroupId),
    ].map((to) => `${to} ${IpProtocol}${IpProtocol === '-1' ? '' : ` ${FromPort}`}`);
  return [
    ...new Set(SecurityGroups.flatMap(({ IpPermissionsEgress = [] }) => IpPermissionsEgress.flatMap(text))),
  ].sort();
}

const everything = '0.0.0.0/0 -1';
const nothing = '127.0.0.1/32 -1';
const held = ['0.0.0.0/0 tcp 443', 'DbFirewall tcp 5432', 'InternalLoadBalancer1Firewall tcp 5432'];
const open = [workload('web', 8080), workload('db', 5432)];

it('the environment first: the app that is there goes on sending, and is held back once it says so', async () => {
  await createStack(clients, 'i2kit-first', withoutEgress(environmentOf('first')));
  await createStack(clients, 'first-shop', appOf('first', ...open));
  await updateStack(clients, 'i2kit-first', environmentOf('first'));
  expect(await readEgress('first')).toEqual([everything, nothing]);
  await updateStack(clients, 'first-shop', appOf('first', ...open, policy));
  expect(await readEgress('first')).toEqual([...held, nothing].sort());
  await updateStack(clients, 'first-shop', appOf('first', ...open));
  expect(await readEgress('first')).toEqual([everything, nothing]);
  await deleteStack(clients, 'first-shop');
});

it('the app first: the policy holds from the update of the environment on', async () => {
  await createStack(clients, 'i2kit-second', withoutEgress(environmentOf('second')));
  await createStack(clients, 'second-shop', appOf('second', ...open));
  await updateStack(clients, 'second-shop', appOf('second', ...open, policy));
  expect(await readEgress('second')).toEqual([...held, everything].sort());
  await updateStack(clients, 'i2kit-second', environmentOf('second'));
  expect(await readEgress('second')).toEqual([...held, nothing].sort());
  await deleteStack(clients, 'second-shop');
});
