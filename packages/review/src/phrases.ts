// Nouns for resource types and short names of objects.
import { compareEntries, countText, listText } from '@i2kit/common';

/** `AWS::ElasticLoadBalancingV2::TargetGroup` → the noun for it. */
const typeNouns: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'Auto Scaling group',
  'AWS::AutoScaling::ScalingPolicy': 'scaling policy',
  'AWS::AutoScaling::ScheduledAction': 'schedule',
  'AWS::AutoScaling::LifecycleHook': 'lifecycle hook',
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::EC2::EIP': 'public address',
  'AWS::EC2::Instance': 'machine',
  'AWS::EC2::LaunchTemplate': 'launch template',
  'AWS::EC2::NatGateway': 'NAT gateway',
  'AWS::EC2::NetworkInterface': 'network interface',
  'AWS::EC2::SecurityGroup': 'security group',
  'AWS::EC2::SecurityGroupEgress': 'security group rule',
  'AWS::EC2::SecurityGroupIngress': 'security group rule',
  'AWS::EC2::VPC': 'VPC',
  'AWS::EC2::VPCEndpoint': 'VPC endpoint',
  'AWS::EC2::Volume': 'volume',
  'AWS::ElasticLoadBalancingV2::Listener': 'listener',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': 'listener certificate',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'listener rule',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'load balancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'target group',
  'AWS::IAM::InstanceProfile': 'instance profile',
  'AWS::IAM::Role': 'role',
  'AWS::Logs::LogGroup': 'log group',
  'AWS::Route53::HostedZone': 'hosted zone',
  'AWS::Route53::RecordSet': 'DNS record',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SSM::Parameter': 'parameter',
  'AWS::SecretsManager::Secret': 'secret',
};

export const typeNoun = (type: string): string =>
  typeNouns[type] ?? (type.split('::').pop() ?? type).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

export const pluralOf = (one: string): string => {
  const [head = '', ...rest] = one.split(' of ');
  const many = head.endsWith('y') && !/[aeiou]y$/.test(head) ? `${head.slice(0, -1)}ies` : `${head}s`;
  return [many, ...rest].join(' of ');
};

/** `2 listeners and 1 load balancer`: the number of each type. */
export function typeCounts(types: readonly string[]): string {
  const counted = new Map<string, number>();
  for (const type of types) counted.set(typeNoun(type), (counted.get(typeNoun(type)) ?? 0) + 1);
  return listText([...counted].sort(compareEntries).map(([one, n]) => countText(n, one, pluralOf(one))));
}

/** `Deployment/default/web` → `Deployment/web`: the default namespace is left out. */
export const shortObjectName = (object: string): string => object.replace(/^([^/]+)\/default\//, '$1/');
