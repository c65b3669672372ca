// The CloudFormation resource types that i2kit writes, each with plain types of cloudform-types' properties.
import type { AutoScalingGroupProperties } from 'cloudform-types/types/autoScaling/autoScalingGroup.js';
import type { LifecycleHookProperties } from 'cloudform-types/types/autoScaling/lifecycleHook.js';
import type { ScalingPolicyProperties } from 'cloudform-types/types/autoScaling/scalingPolicy.js';
import type { ScheduledActionProperties } from 'cloudform-types/types/autoScaling/scheduledAction.js';
import type { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import type { EIPProperties } from 'cloudform-types/types/ec2/eip.js';
import type { EIPAssociationProperties } from 'cloudform-types/types/ec2/eipAssociation.js';
import type { InstanceProperties } from 'cloudform-types/types/ec2/instance.js';
import type { InternetGatewayProperties } from 'cloudform-types/types/ec2/internetGateway.js';
import type { LaunchTemplateProperties } from 'cloudform-types/types/ec2/launchTemplate.js';
import type { NatGatewayProperties } from 'cloudform-types/types/ec2/natGateway.js';
import type { NetworkInterfaceProperties } from 'cloudform-types/types/ec2/networkInterface.js';
import type { RouteProperties } from 'cloudform-types/types/ec2/route.js';
import type { RouteTableProperties } from 'cloudform-types/types/ec2/routeTable.js';
import type { SecurityGroupProperties } from 'cloudform-types/types/ec2/securityGroup.js';
import type { SecurityGroupEgressProperties } from 'cloudform-types/types/ec2/securityGroupEgress.js';
import type { SecurityGroupIngressProperties } from 'cloudform-types/types/ec2/securityGroupIngress.js';
import type { SubnetProperties } from 'cloudform-types/types/ec2/subnet.js';
import type { SubnetRouteTableAssociationProperties } from 'cloudform-types/types/ec2/subnetRouteTableAssociation.js';
import type { VolumeProperties } from 'cloudform-types/types/ec2/volume.js';
import type { VPCProperties } from 'cloudform-types/types/ec2/vpc.js';
import type { VPCEndpointProperties } from 'cloudform-types/types/ec2/vpcEndpoint.js';
import type { VPCGatewayAttachmentProperties } from 'cloudform-types/types/ec2/vpcGatewayAttachment.js';
import type { ListenerProperties } from 'cloudform-types/types/elasticLoadBalancingV2/listener.js';
import type { ListenerCertificateProperties } from 'cloudform-types/types/elasticLoadBalancingV2/listenerCertificate.js';
import type { ListenerRuleProperties } from 'cloudform-types/types/elasticLoadBalancingV2/listenerRule.js';
import type { LoadBalancerProperties } from 'cloudform-types/types/elasticLoadBalancingV2/loadBalancer.js';
import type { TargetGroupProperties } from 'cloudform-types/types/elasticLoadBalancingV2/targetGroup.js';
import type { InstanceProfileProperties } from 'cloudform-types/types/iam/instanceProfile.js';
import type { RoleProperties } from 'cloudform-types/types/iam/role.js';
import type { LogGroupProperties } from 'cloudform-types/types/logs/logGroup.js';
import type { HostedZoneProperties } from 'cloudform-types/types/route53/hostedZone.js';
import type { RecordSetProperties } from 'cloudform-types/types/route53/recordSet.js';
import type { BucketProperties } from 'cloudform-types/types/s3/bucket.js';
import type { BucketPolicyProperties } from 'cloudform-types/types/s3/bucketPolicy.js';
import type { SecretProperties } from 'cloudform-types/types/secretsManager/secret.js';
import type { ParameterProperties } from 'cloudform-types/types/ssm/parameter.js';
import type { ServiceSpecVersion } from './generated/cloudformation-augment.ts';
import type { Intrinsic } from './template.ts';

/** Properties newer than cloudform-types: importing the file merges them into every use. */
export type { ServiceSpecVersion };

/** JSON of any shape with intrinsic functions in it, e.g. a policy document. */
export type Document =
  | string
  | number
  | boolean
  | null
  | Intrinsic
  | readonly Document[]
  | { readonly [key: string]: Document };

/**
 * Plain data instead of cloudform-types' classes: its IntrinsicFunction (which has private members, so that no
 * literal is one) becomes our
 * `Intrinsic`, its untyped parts become `Document`, and everything is readonly. A mapped type, so that errors name the type:
 * `Plain<MetadataOptions>`.
 */
export type Plain<T> = { readonly [Key in keyof T]: PlainValue<T[Key]> };

type PlainValue<T> = 0 extends 1 & T
  ? Document
  : T extends IntrinsicFunction
    ? Intrinsic
    : T extends readonly (infer Item)[]
      ? readonly PlainValue<Item>[]
      : T extends object
        ? Plain<T>
        : T;

/**
 * Type name -> properties. To add one, add an import and a line here, then run `node scripts/cloudformation.mjs`,
 * which reads this file.
 */
export interface ResourceTypes {
  'AWS::EC2::VPC': Plain<VPCProperties>;
  'AWS::EC2::Subnet': Plain<SubnetProperties>;
  'AWS::EC2::InternetGateway': Plain<InternetGatewayProperties>;
  'AWS::EC2::VPCGatewayAttachment': Plain<VPCGatewayAttachmentProperties>;
  'AWS::EC2::RouteTable': Plain<RouteTableProperties>;
  'AWS::EC2::Route': Plain<RouteProperties>;
  'AWS::EC2::SubnetRouteTableAssociation': Plain<SubnetRouteTableAssociationProperties>;
  'AWS::EC2::NatGateway': Plain<NatGatewayProperties>;
  'AWS::EC2::EIP': Plain<EIPProperties>;
  'AWS::EC2::EIPAssociation': Plain<EIPAssociationProperties>;
  'AWS::EC2::VPCEndpoint': Plain<VPCEndpointProperties>;
  'AWS::EC2::SecurityGroup': Plain<SecurityGroupProperties>;
  'AWS::EC2::SecurityGroupIngress': Plain<SecurityGroupIngressProperties>;
  'AWS::EC2::SecurityGroupEgress': Plain<SecurityGroupEgressProperties>;
  'AWS::EC2::LaunchTemplate': Plain<LaunchTemplateProperties>;
  'AWS::EC2::Volume': Plain<VolumeProperties>;
  'AWS::EC2::NetworkInterface': Plain<NetworkInterfaceProperties>;
  'AWS::EC2::Instance': Plain<InstanceProperties>;
  'AWS::AutoScaling::AutoScalingGroup': Plain<AutoScalingGroupProperties>;
  'AWS::AutoScaling::LifecycleHook': Plain<LifecycleHookProperties>;
  'AWS::AutoScaling::ScalingPolicy': Plain<ScalingPolicyProperties>;
  'AWS::AutoScaling::ScheduledAction': Plain<ScheduledActionProperties>;
  'AWS::ElasticLoadBalancingV2::LoadBalancer': Plain<LoadBalancerProperties>;
  'AWS::ElasticLoadBalancingV2::TargetGroup': Plain<TargetGroupProperties>;
  'AWS::ElasticLoadBalancingV2::Listener': Plain<ListenerProperties>;
  'AWS::ElasticLoadBalancingV2::ListenerRule': Plain<ListenerRuleProperties>;
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': Plain<ListenerCertificateProperties>;
  'AWS::Route53::HostedZone': Plain<HostedZoneProperties>;
  'AWS::Route53::RecordSet': Plain<RecordSetProperties>;
  'AWS::IAM::Role': Plain<RoleProperties>;
  'AWS::IAM::InstanceProfile': Plain<InstanceProfileProperties>;
  'AWS::Logs::LogGroup': Plain<LogGroupProperties>;
  'AWS::SSM::Parameter': Plain<ParameterProperties>;
  'AWS::S3::Bucket': Plain<BucketProperties>;
  'AWS::S3::BucketPolicy': Plain<BucketPolicyProperties>;
  'AWS::SecretsManager::Secret': Plain<SecretProperties>;
}
