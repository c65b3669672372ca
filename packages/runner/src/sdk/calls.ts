// Every call to AWS that i2kit makes, by the SDK's name of it: the IAM action, on what, and in which use. A test holds it to the code.

/** `diff`: whatever only looks. `deploy`: whatever changes stacks and what stands beside them. `image`: images and their AMIs. */
export type Use = 'diff' | 'deploy' | 'image';

/** What an action is narrowed to; `any` where the API knows no resources, or they have no names before they are there. */
export type Scope =
  | 'any'
  | 'stacks'
  | 'stackSets'
  | 'parameters'
  | 'secrets'
  | 'objects'
  | 'bucket'
  | 'logs'
  | 'zones'
  | 'volumes'
  | 'changes'
  | 'zoneRole';

export interface Call {
  readonly action: string;
  readonly on: Scope;
  readonly uses: readonly Use[];
}

const call = (action: string, on: Scope, ...uses: readonly Use[]): Call => ({ action, on, uses });
/** Looks: everybody may. */
const look = (action: string, on: Scope = 'any') => call(action, on, 'diff', 'deploy');
const change = (action: string, on: Scope) => call(action, on, 'deploy');
const image = (action: string, on: Scope = 'any') => call(action, on, 'image');

export const calls: Readonly<Record<string, Call>> = {
  // CloudFormation. Which stacks stand on an environment is found by their tags, among all.
  CancelUpdateStack: change('cloudformation:CancelUpdateStack', 'stacks'),
  ContinueUpdateRollback: change('cloudformation:ContinueUpdateRollback', 'stacks'),
  CreateChangeSet: change('cloudformation:CreateChangeSet', 'stacks'),
  DeleteChangeSet: change('cloudformation:DeleteChangeSet', 'stacks'),
  DeleteStack: change('cloudformation:DeleteStack', 'stacks'),
  DescribeChangeSet: look('cloudformation:DescribeChangeSet', 'stacks'),
  DescribeStackDriftDetectionStatus: look('cloudformation:DescribeStackDriftDetectionStatus'),
  DescribeStackEvents: look('cloudformation:DescribeStackEvents', 'stacks'),
  DescribeStackResourceDrifts: look('cloudformation:DescribeStackResourceDrifts', 'stacks'),
  DescribeStacks: look('cloudformation:DescribeStacks'),
  DetectStackDrift: look('cloudformation:DetectStackDrift', 'stacks'),
  ExecuteChangeSet: change('cloudformation:ExecuteChangeSet', 'stacks'),
  GetTemplate: look('cloudformation:GetTemplate', 'stacks'),
  ListStackResources: look('cloudformation:ListStackResources', 'stacks'),
  // Stack sets, for several regions and accounts.
  CreateStackInstances: change('cloudformation:CreateStackInstances', 'stackSets'),
  CreateStackSet: change('cloudformation:CreateStackSet', 'stackSets'),
  DeleteStackInstances: change('cloudformation:DeleteStackInstances', 'stackSets'),
  DeleteStackSet: change('cloudformation:DeleteStackSet', 'stackSets'),
  DescribeStackSet: look('cloudformation:DescribeStackSet', 'stackSets'),
  DescribeStackSetOperation: look('cloudformation:DescribeStackSetOperation', 'stackSets'),
  ListStackInstances: look('cloudformation:ListStackInstances', 'stackSets'),
  ListStackSetOperationResults: look('cloudformation:ListStackSetOperationResults', 'stackSets'),
  ListStackSetOperations: look('cloudformation:ListStackSetOperations', 'stackSets'),
  UpdateStackSet: change('cloudformation:UpdateStackSet', 'stackSets'),
  // Machines and load balancers: calls that know no resources.
  DescribeAutoScalingGroups: look('autoscaling:DescribeAutoScalingGroups'),
  DescribeScalingActivities: look('autoscaling:DescribeScalingActivities'),
  DescribeListeners: look('elasticloadbalancing:DescribeListeners'),
  DescribeLoadBalancers: look('elasticloadbalancing:DescribeLoadBalancers'),
  DescribeTags: look('elasticloadbalancing:DescribeTags'),
  DescribeTargetGroups: look('elasticloadbalancing:DescribeTargetGroups'),
  DescribeTargetHealth: look('elasticloadbalancing:DescribeTargetHealth'),
  GetConsoleOutput: look('ec2:GetConsoleOutput'),
  // Disks that nothing uses any more.
  DescribeVolumes: look('ec2:DescribeVolumes'),
  DeleteVolume: change('ec2:DeleteVolume', 'volumes'),
  // What the settings name as being there.
  DescribeInternetGateways: look('ec2:DescribeInternetGateways'),
  DescribeKeyPairs: look('ec2:DescribeKeyPairs'),
  DescribeRouteTables: look('ec2:DescribeRouteTables'),
  DescribeSecurityGroups: look('ec2:DescribeSecurityGroups'),
  DescribeSubnets: look('ec2:DescribeSubnets'),
  DescribeVpcAttribute: look('ec2:DescribeVpcAttribute'),
  DescribeVpcs: look('ec2:DescribeVpcs'),
  GetBucketTagging: look('s3:GetBucketTagging'),
  HeadBucket: look('s3:ListBucket', 'bucket'),
  ListBuckets: look('s3:ListAllMyBuckets'),
  // Logs.
  DescribeLogStreams: look('logs:DescribeLogStreams', 'logs'),
  FilterLogEvents: look('logs:FilterLogEvents', 'logs'),
  // Who one is; needs no right, but is said.
  GetCallerIdentity: call('sts:GetCallerIdentity', 'any', 'diff', 'deploy', 'image'),
  AssumeRole: change('sts:AssumeRole', 'zoneRole'),
  // The environment's parameters.
  DeleteParameters: change('ssm:DeleteParameters', 'parameters'),
  GetParameter: call('ssm:GetParameter', 'parameters', 'diff', 'deploy', 'image'),
  GetParametersByPath: look('ssm:GetParametersByPath', 'parameters'),
  PutParameter: change('ssm:PutParameter', 'parameters'),
  // Its secrets. Whoever pushes one compares it with what is there.
  CreateSecret: change('secretsmanager:CreateSecret', 'secrets'),
  DeleteSecret: change('secretsmanager:DeleteSecret', 'secrets'),
  DescribeSecret: look('secretsmanager:DescribeSecret', 'secrets'),
  GetSecretValue: change('secretsmanager:GetSecretValue', 'secrets'),
  ListSecrets: look('secretsmanager:ListSecrets'),
  PutSecretValue: change('secretsmanager:PutSecretValue', 'secrets'),
  RestoreSecret: change('secretsmanager:RestoreSecret', 'secrets'),
  UpdateSecret: change('secretsmanager:UpdateSecret', 'secrets'),
  // Its bucket, below its own keys.
  DeleteObject: call('s3:DeleteObject', 'objects', 'deploy', 'image'),
  GetObject: look('s3:GetObject', 'objects'),
  PutObject: change('s3:PutObject', 'objects'),
  // Names.
  ChangeResourceRecordSets: change('route53:ChangeResourceRecordSets', 'zones'),
  GetChange: change('route53:GetChange', 'changes'),
  ListHostedZones: look('route53:ListHostedZones'),
  ListHostedZonesByName: look('route53:ListHostedZonesByName'),
  ListResourceRecordSets: look('route53:ListResourceRecordSets', 'zones'),
  ListTagsForResource: look('route53:ListTagsForResource', 'zones'),
  // Images: EBS direct, or a snapshot from the bucket, then an AMI.
  AbortMultipartUpload: image('s3:AbortMultipartUpload', 'objects'),
  CompleteMultipartUpload: image('s3:PutObject', 'objects'),
  CreateMultipartUpload: image('s3:PutObject', 'objects'),
  HeadObject: image('s3:GetObject', 'objects'),
  ListMultipartUploads: image('s3:ListBucketMultipartUploads', 'bucket'),
  ListParts: image('s3:ListMultipartUploadParts', 'objects'),
  UploadPart: image('s3:PutObject', 'objects'),
  CompleteSnapshot: image('ebs:CompleteSnapshot'),
  PutSnapshotBlock: image('ebs:PutSnapshotBlock'),
  StartSnapshot: image('ebs:StartSnapshot'),
  CopyImage: image('ec2:CopyImage'),
  CreateTags: image('ec2:CreateTags'),
  DeleteSnapshot: image('ec2:DeleteSnapshot'),
  DeregisterImage: image('ec2:DeregisterImage'),
  DescribeImageAttribute: image('ec2:DescribeImageAttribute'),
  DescribeImages: call('ec2:DescribeImages', 'any', 'deploy', 'image'),
  DescribeImportSnapshotTasks: image('ec2:DescribeImportSnapshotTasks'),
  DescribeInstances: image('ec2:DescribeInstances'),
  DescribeLaunchTemplates: image('ec2:DescribeLaunchTemplates'),
  DescribeLaunchTemplateVersions: image('ec2:DescribeLaunchTemplateVersions'),
  DescribeSnapshots: image('ec2:DescribeSnapshots'),
  ImportSnapshot: image('ec2:ImportSnapshot'),
  ModifyImageAttribute: image('ec2:ModifyImageAttribute'),
  RegisterImage: image('ec2:RegisterImage'),
};
