// Shows that the AWS emulator supports the other types of templates: an environment's network, and an application in
// it.

import { DescribePoliciesCommand, DescribeScheduledActionsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeListenerCertificatesCommand, DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { networkTemplate } from '../fixtures/templates/network.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { type AwsEmulator, startAwsEmulator } from './emulator.ts';
import { readStack } from './readStack.ts';
import { createStack, deleteStack, updateStack } from './stack.ts';

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

test('an environment is made, read back and deleted', async () => {
  const { outputs, resources } = await createStack(clients, 'net', networkTemplate);
  const id = (name: string) => resources[name]?.PhysicalResourceId as string;
  const { autoScaling, ec2, elb, route53, ssm } = clients;
  expect(outputs).toMatchObject({
    FirstLabel: 'a',
    Secret: expect.stringMatching(/^arn:aws:secretsmanager:/),
    FullName: expect.stringMatching(/^app\/net-/),
  });

  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id('SubnetA'), id('SubnetB')] }));
  expect(
    Subnets?.map((subnet) => [subnet.CidrBlock, subnet.AvailabilityZone, subnet.MapPublicIpOnLaunch]).sort(),
  ).toEqual([
    ['10.9.0.0/24', 'eu-west-1a', true],
    ['10.9.1.0/24', 'eu-west-1b', true],
  ]);
  const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id('NatGateway')] }));
  expect(NatGateways).toMatchObject([{ SubnetId: id('SubnetA'), NatGatewayAddresses: [{ PublicIp: id('Address') }] }]);
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id('Table')] }));
  expect(RouteTables?.[0]?.Routes).toContainEqual(
    expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: id('Gateway') }),
  );
  expect(await route53.send(new GetHostedZoneCommand({ Id: id('Zone') }))).toMatchObject({
    HostedZone: { Config: { PrivateZone: true } },
    VPCs: [{ VPCId: id('Vpc'), VPCRegion: 'eu-west-1' }],
  });
  expect(await ssm.send(new GetParameterCommand({ Name: '/i2kit/other/vpc-id' }))).toMatchObject({
    Parameter: { Value: id('Vpc') },
  });
  const { Certificates } = await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn: id('Listener') }));
  expect(Certificates?.map((each) => each.IsDefault)).toEqual([true, false]);
  const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: id('Listener') }));
  expect(Rules).toContainEqual(
    expect.objectContaining({
      Priority: '1',
      Actions: [
        expect.objectContaining({ ForwardConfig: { TargetGroups: [{ TargetGroupArn: id('Targets'), Weight: 1 }] } }),
      ],
    }),
  );
  expect((await autoScaling.send(new DescribePoliciesCommand({}))).ScalingPolicies).toMatchObject([
    { TargetTrackingConfiguration: { TargetValue: 60 } },
  ]);
  expect((await autoScaling.send(new DescribeScheduledActionsCommand({}))).ScheduledUpdateGroupActions).toMatchObject([
    { Recurrence: '0 3 * * *', DesiredCapacity: 1 },
  ]);

  const made = await readStack(clients, 'net');
  expect(made.logGroups.Logs).toMatchObject({ retentionInDays: 7 });
  expect(made.securityGroups.BalancerSg?.egress).toContainEqual({
    protocol: 'tcp',
    from: 8080,
    to: 8080,
    peer: '10.9.0.0/16',
  });
  expect(made.loadBalancers.Balancer).toMatchObject({
    Type: 'application',
    VpcId: id('Vpc'),
    AvailabilityZones: [{ ZoneName: 'eu-west-1a' }, { ZoneName: 'eu-west-1b' }],
  });
  expect(made.targetGroups.Targets).toMatchObject({
    ProtocolVersion: 'HTTP2',
    HealthCheckProtocol: 'HTTP',
    Matcher: { HttpCode: '200-299' },
    LoadBalancerArns: [id('Balancer')],
  });
  expect(made.listeners.Listener).toMatchObject({
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  });
  expect(made.groups.Group).toMatchObject({
    DesiredCapacity: 1,
    AvailabilityZones: ['eu-west-1a'],
    hooks: [{ LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' }],
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { Version: '1' },
        Overrides: [{ InstanceType: 't3.small' }, { InstanceType: 't3a.small' }],
      },
    },
  });

  await updateStack(clients, 'net', networkTemplate, { Nat: '0', Size: 'large' });
  expect((await readStack(clients, 'net')).logGroups.Logs).toMatchObject({ retentionInDays: 90 });
  expect((await ec2.send(new DescribeAddressesCommand({}))).Addresses).toEqual([]);
  await deleteStack(clients, 'net');
  expect(
    (await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [id('Vpc')] }] }))).Subnets,
  ).toEqual([]);
});
