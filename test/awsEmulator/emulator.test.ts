// Shows that the AWS emulator creates, changes, deletes and rolls back the resources of a template, and that they can
// be read back.

import { DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeSnapshotsCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { appTemplate } from '../fixtures/templates/app.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { type AwsEmulator, startAwsEmulator } from './emulator.ts';
import { type SeededEnvironment, seedEnvironment } from './environment.ts';
import { readAllRecords, readLaunchTemplate, readStack } from './readStack.ts';
import { createStack, deleteStack, describeStack, readStackEvents, updateStack } from './stack.ts';

const fault = (FailOn: string[]) => ({ Type: 'I2kit::Test::Fault', DependsOn: ['Group'], Properties: { FailOn } });
let emulator: AwsEmulator;
let clients: AwsClients;
let environment: SeededEnvironment;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
});
beforeEach(async () => {
  await emulator.reset();
  environment = await seedEnvironment(clients);
});
afterAll(async () => {
  clients?.destroy();
  await emulator?.stop();
});

test('makes what a template says', async () => {
  const { outputs, resources } = await createStack(clients, 'shop', appTemplate({ replicas: 2 }));
  const id = (name: string) => resources[name]?.PhysicalResourceId;
  expect(outputs).toEqual({ Name: 'api.default.svc.cluster.local' });

  const made = await readStack(clients, 'shop');
  expect(made.groups.Group).toMatchObject({
    MinSize: 2,
    MaxSize: 3,
    DesiredCapacity: 2,
    TargetGroupARNs: [id('Targets')],
    AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
    VPCZoneIdentifier: Object.values(environment.privateSubnets).join(','),
    LaunchTemplate: { LaunchTemplateId: id('Template'), Version: '1' },
    hooks: [{ LifecycleHookName: 'drain', HeartbeatTimeout: 90, DefaultResult: 'CONTINUE' }],
  });
  expect(made.launchTemplates.Template).toMatchObject({
    version: 1,
    userData: `volume=${id('Data')}`,
    data: {
      InstanceType: 't3.micro',
      NetworkInterfaces: [{ NetworkInterfaceId: id('Address') }],
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    },
  });
  expect(id('Profile')).not.toContain('arn:');
  expect(made.loadBalancers.Balancer).toMatchObject({
    Type: 'network',
    Scheme: 'internal',
    VpcId: environment.vpc,
    attributes: { 'load_balancing.cross_zone.enabled': 'true' },
  });
  expect(made.targetGroups.Targets).toMatchObject({
    Port: 8000,
    Protocol: 'TCP',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: '10256',
    HealthCheckPath: '/ready',
    LoadBalancerArns: [id('Balancer')],
    attributes: { 'deregistration_delay.timeout_seconds': '30' },
  });
  expect(made.listeners.Listener).toMatchObject({
    Port: 80,
    Protocol: 'TCP',
    DefaultActions: [{ TargetGroupArn: id('Targets') }],
    attributes: { 'tcp.idle_timeout.seconds': '6000' },
  });
  expect(made.records.Record).toMatchObject([
    { Type: 'A', AliasTarget: { DNSName: `${made.loadBalancers.Balancer?.DNSName}.` } },
  ]);
  expect(made.securityGroups.GroupSg?.ingress).toEqual([
    { protocol: 'tcp', from: 8000, to: 8000, peer: environment.members, description: 'Declared port' },
  ]);
  expect(made.volumes.Data).toMatchObject({
    Size: 10,
    Encrypted: true,
    VolumeType: 'gp3',
    AvailabilityZone: 'eu-west-1a',
  });
  expect(made.roles.Role).toMatchObject({
    agent: {
      Statement: [{ Action: 'cloudformation:SignalResource', Resource: expect.stringContaining(':stack/shop/') }],
    },
  });
});

test('changes what a template changes, and nothing else', async () => {
  await createStack(clients, 'shop', appTemplate());
  const before = (await readStackEvents(clients, 'shop')).length;
  const extra = { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } } };
  await updateStack(
    clients,
    'shop',
    appTemplate({ instanceType: 't3.small', replicas: 2, description: 'Port', extra }),
  );

  const made = await readStack(clients, 'shop');
  expect(made.launchTemplates.Template).toMatchObject({ version: 2, data: { InstanceType: 't3.small' } });
  expect(made.groups.Group).toMatchObject({ MinSize: 2, DesiredCapacity: 2, LaunchTemplate: { Version: '2' } });
  expect(made.securityGroups.GroupSg?.ingress).toMatchObject([{ description: 'Port' }]);
  expect(made.logGroups.Logs).toMatchObject({ retentionInDays: 30 });
  const events = (await readStackEvents(clients, 'shop'))
    .slice(before)
    .map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`);
  expect(new Set(events)).toEqual(
    new Set([
      'shop UPDATE_IN_PROGRESS',
      'shop UPDATE_COMPLETE',
      'Logs CREATE_IN_PROGRESS',
      'Logs CREATE_COMPLETE',
      ...['Template', 'Group', 'FromMembers'].flatMap((name) => [
        `${name} UPDATE_IN_PROGRESS`,
        `${name} UPDATE_COMPLETE`,
      ]),
    ]),
  );
});

test('deletes all but a snapshot of the data', async () => {
  const { resources } = await createStack(clients, 'shop', appTemplate());
  await deleteStack(clients, 'shop');
  expect((await clients.ec2.send(new DescribeVolumesCommand({}))).Volumes).toEqual([]);
  const { Snapshots } = await clients.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  expect(Snapshots).toMatchObject([{ VolumeId: resources.Data?.PhysicalResourceId }]);
  expect((await readAllRecords(clients)).filter((record) => record.Type === 'A')).toEqual([]);
  await expect(readLaunchTemplate(clients, resources.Template?.PhysicalResourceId as string)).rejects.toThrow(
    'does not exist',
  );
});

test('rolls back a create that fails', async () => {
  const failing = createStack(clients, 'shop', appTemplate({ extra: { Fault: fault(['create']) } }));
  await expect(failing).rejects.toThrow(
    'stack shop ended as ROLLBACK_COMPLETE\n  Fault (I2kit::Test::Fault) CREATE_FAILED: injected create failure',
  );
  expect((await readAllRecords(clients)).filter((record) => record.Type === 'A')).toEqual([]);
});

test('rolls back an update that fails', async () => {
  await createStack(clients, 'shop', appTemplate({ extra: { Fault: fault([]) } }));
  const failing = updateStack(clients, 'shop', appTemplate({ replicas: 3, extra: { Fault: fault(['update']) } }));
  await expect(failing).rejects.toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    message: expect.stringContaining('injected update failure'),
  });
  expect((await readStack(clients, 'shop')).groups.Group).toMatchObject({ MinSize: 1, MaxSize: 2, DesiredCapacity: 1 });
  expect((await describeStack(clients, 'shop')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('machines are started, serve, and fail when told to', async () => {
  await createStack(clients, 'shop', appTemplate({ replicas: 2 }));
  const machines = async () => (await readStack(clients, 'shop')).groups.Group?.Instances ?? [];
  const health = async () => {
    const arn = Object.values((await readStack(clients, 'shop')).targetGroups)[0]?.TargetGroupArn;
    const answer = await clients.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
    return (answer.TargetHealthDescriptions ?? []).map((each) => each.TargetHealth?.State);
  };
  const before = await machines();
  expect(before).toMatchObject(Array(2).fill({ LifecycleState: 'InService', HealthStatus: 'Healthy' }));
  expect(await health()).toEqual(['healthy', 'healthy']);
  await emulator.setMachines('sick');
  expect(await health()).toEqual(['unhealthy', 'unhealthy']);
  await emulator.setMachines('none');
  await updateStack(clients, 'shop', appTemplate({ replicas: 3 }));
  expect(await machines()).toEqual(before);
  const { Activities } = await clients.autoScaling.send(
    new DescribeScalingActivitiesCommand({
      AutoScalingGroupName: (await readStack(clients, 'shop')).groups.Group?.AutoScalingGroupName,
    }),
  );
  expect(Activities).toMatchObject([
    { StatusCode: 'Failed', StatusMessage: expect.stringContaining('InsufficientInstanceCapacity') },
  ]);
  await emulator.setMachines('healthy');
  await updateStack(clients, 'shop', appTemplate({ replicas: 3, instanceType: 't3.small' }));
  expect((await machines()).some(({ InstanceId }) => before.some((old) => old.InstanceId === InstanceId))).toBe(false);
});
