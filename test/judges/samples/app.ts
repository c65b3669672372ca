// A small template of the kind that the compiler makes of an app, for the tests of the judges themselves.
import { attribute, ref } from './functions.ts';
import { identity } from './identity.ts';

function parameter(type: string, path: string): object {
  return { Type: `AWS::SSM::Parameter::Value<${type}>`, Default: `/i2kit/default/${path}` };
}

export interface AppOptions {
  readonly instanceType?: string;
  readonly replicas?: number;
  readonly description?: string;
  /** Of the signals that the group waits for, where they are waited for. */
  readonly timeout?: string;
  readonly extra?: Readonly<Record<string, object>>;
}

/** A group of machines behind a network load balancer with a name, and a volume. */
export function appTemplate(options: AppOptions = {}) {
  const replicas = options.replicas ?? 1;
  const timeout = options.timeout ?? 'PT5M';
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'An app for the tests of the judges',
    Parameters: {
      Vpc: parameter('AWS::EC2::VPC::Id', 'vpc-id'),
      Members: parameter('AWS::EC2::SecurityGroup::Id', 'members'),
      Subnets: parameter('List<AWS::EC2::Subnet::Id>', 'subnets/private'),
      SubnetA: parameter('AWS::EC2::Subnet::Id', 'subnets/private/eu-west-1a'),
      Zone: parameter('String', 'zones/private'),
    },
    Resources: {
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        DependsOn: ['Listener', 'Record'],
        CreationPolicy: { ResourceSignal: { Count: replicas, Timeout: timeout } },
        UpdatePolicy: {
          AutoScalingRollingUpdate: { MinInstancesInService: replicas, MaxBatchSize: 1, WaitOnResourceSignals: true, PauseTime: timeout },
        },
        Properties: {
          MinSize: String(replicas),
          MaxSize: String(replicas + 1),
          DesiredCapacity: String(replicas),
          VPCZoneIdentifier: ref('Subnets'),
          LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: attribute('Template', 'LatestVersionNumber') },
          TargetGroupARNs: [ref('Targets')],
          LifecycleHookSpecificationList: [
            {
              LifecycleHookName: 'drain',
              LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
              HeartbeatTimeout: 90,
              DefaultResult: 'CONTINUE',
            },
          ],
        },
      },
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: {
          LaunchTemplateData: {
            ImageId: 'ami-0123456789abcdef0',
            InstanceType: options.instanceType ?? 't3.micro',
            UserData: { 'Fn::Base64': { 'Fn::Join': ['', ['volume=', ref('Data')]] } },
            IamInstanceProfile: { Arn: attribute('Profile', 'Arn') },
            MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
            NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: ref('Address') }],
          },
        },
      },
      Address: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: ref('SubnetA'), GroupSet: [ref('Members'), ref('GroupSg')] } },
      GroupSg: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Machines', VpcId: ref('Vpc') } },
      FromMembers: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: ref('GroupSg'),
          IpProtocol: 'tcp',
          FromPort: 8000,
          ToPort: 8000,
          SourceSecurityGroupId: ref('Members'),
          Description: options.description ?? 'Declared port',
        },
      },
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Type: 'network',
          Scheme: 'internal',
          Subnets: ref('Subnets'),
          LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
        },
      },
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: {
          VpcId: ref('Vpc'),
          Port: 8000,
          Protocol: 'TCP',
          TargetType: 'instance',
          HealthCheckProtocol: 'HTTP',
          HealthCheckPort: '10256',
          HealthCheckPath: '/ready',
          TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
        },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: ref('Balancer'),
          Port: 80,
          Protocol: 'TCP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
          ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '6000' }],
        },
      },
      Record: {
        Type: 'AWS::Route53::RecordSet',
        Properties: {
          HostedZoneId: ref('Zone'),
          Name: 'api.default.svc.cluster.local.',
          Type: 'A',
          AliasTarget: { DNSName: attribute('Balancer', 'DNSName'), HostedZoneId: attribute('Balancer', 'CanonicalHostedZoneID') },
        },
      },
      Data: {
        Type: 'AWS::EC2::Volume',
        DeletionPolicy: 'Snapshot',
        UpdateReplacePolicy: 'Snapshot',
        Properties: { AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, Size: 10, VolumeType: 'gp3', Encrypted: true },
      },
      ...identity,
      ...options.extra,
    },
    Outputs: { Name: { Value: 'api.default.svc.cluster.local' } },
  };
}
