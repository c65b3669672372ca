// An application load balancer and what may stand behind it, as a part of a template.
import { attribute, ref } from './functions.ts';

const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/11111111-1111-1111-1111-11111111111';

export const application = {
  BalancerSg: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Load balancer',
      VpcId: ref('Vpc'),
      SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'None' }],
    },
  },
  Out: {
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: { GroupId: ref('BalancerSg'), IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, CidrIp: '10.9.0.0/16' },
  },
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    DependsOn: 'Attachment',
    Properties: { Scheme: 'internet-facing', Subnets: [ref('SubnetA'), ref('SubnetB')], SecurityGroups: [ref('BalancerSg')] },
  },
  Targets: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      VpcId: ref('Vpc'),
      Port: 8080,
      Protocol: 'HTTP',
      ProtocolVersion: 'HTTP2',
      HealthCheckPath: '/ready',
      Matcher: { HttpCode: '200-299' },
    },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref('Balancer'),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: `${certificate}1` }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain' } }],
    },
  },
  Certificate: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
    Properties: { ListenerArn: ref('Listener'), Certificates: [{ CertificateArn: `${certificate}2` }] },
  },
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: ref('Listener'),
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }],
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Targets'), Weight: 1 }] } }],
    },
  },
  Machine: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      SubnetId: ref('SubnetB'),
      SecurityGroupIds: [ref('BalancerSg')],
    },
  },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0' } } },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '1',
      MaxSize: '4',
      VPCZoneIdentifier: [ref('SubnetA')],
      TargetGroupARNs: [ref('Targets')],
      MixedInstancesPolicy: {
        InstancesDistribution: { SpotAllocationStrategy: 'price-capacity-optimized' },
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: ref('Template'), Version: attribute('Template', 'LatestVersionNumber') },
          Overrides: [{ InstanceType: 't3.small' }, { InstanceType: 't3a.small' }],
        },
      },
    },
  },
  Hook: {
    Type: 'AWS::AutoScaling::LifecycleHook',
    Properties: { AutoScalingGroupName: ref('Group'), LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' },
  },
  Schedule: {
    Type: 'AWS::AutoScaling::ScheduledAction',
    Properties: { AutoScalingGroupName: ref('Group'), Recurrence: '0 3 * * *', DesiredCapacity: 1 },
  },
  Scaling: {
    Type: 'AWS::AutoScaling::ScalingPolicy',
    Properties: {
      AutoScalingGroupName: ref('Group'),
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      },
    },
  },
};
