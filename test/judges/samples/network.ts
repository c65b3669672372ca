// A template with the other types that the compiler uses: an environment's network, with an application in it.
import { application } from './application.ts';
import { attribute, ref, select } from './functions.ts';

const blocks = { 'Fn::Cidr': [attribute('Vpc', 'CidrBlock'), 4, 8] };
const subnet = (index: number) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: {
    VpcId: ref('Vpc'),
    AvailabilityZone: select(index, { 'Fn::GetAZs': '' }),
    CidrBlock: select(index, blocks),
    MapPublicIpOnLaunch: true,
  },
});

export const networkTemplate = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Nat: { Type: 'String', Default: '1', AllowedValues: ['0', '1'] }, Size: { Type: 'String', Default: 'small' } },
  Mappings: { Sizes: { small: { Retention: 7 }, large: { Retention: 90 } } },
  Conditions: { HasNat: { 'Fn::Not': [{ 'Fn::Equals': [ref('Nat'), '0'] }] } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true } },
    SubnetA: subnet(0),
    SubnetB: subnet(1),
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attachment: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') } },
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
    Route: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'Attachment',
      Properties: { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') },
    },
    TableOfA: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('SubnetA'), RouteTableId: ref('Table') } },
    Address: { Type: 'AWS::EC2::EIP', Condition: 'HasNat', DependsOn: 'Attachment', Properties: { Domain: 'vpc' } },
    NatGateway: {
      Type: 'AWS::EC2::NatGateway',
      Condition: 'HasNat',
      DependsOn: 'Attachment',
      Properties: { SubnetId: ref('SubnetA'), AllocationId: attribute('Address', 'AllocationId') },
    },
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: ref('Vpc'),
        ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
        VpcEndpointType: 'Gateway',
        RouteTableIds: [ref('Table')],
      },
    },
    Zone: {
      Type: 'AWS::Route53::HostedZone',
      Properties: { Name: 'cluster.local', VPCs: [{ VPCId: ref('Vpc'), VPCRegion: ref('AWS::Region') }] },
    },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref('Bucket'),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: attribute('Bucket', 'Arn'),
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/i2kit/other/vpc-id', Type: 'String', Value: ref('Vpc') } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: { 'Fn::FindInMap': ['Sizes', ref('Size'), 'Retention'] } } },
    ...application,
  },
  Outputs: {
    Secret: { Value: ref('Secret') },
    FirstLabel: { Value: select(0, { 'Fn::Split': ['.', 'a.b'] }) },
    FullName: { Value: attribute('Balancer', 'LoadBalancerFullName') },
  },
};
