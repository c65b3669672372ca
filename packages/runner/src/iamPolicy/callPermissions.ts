// Every AWS call of i2kit, by its SDK name: the IAM action, its resources, and the uses that need it. A test compares
// it with the code.

/**
 * `diff`: read-only commands. `deploy`: commands that change stacks and related resources. `image`: container images and machine images.
 */
export type PolicyUse = 'diff' | 'deploy' | 'image';

/**
 * The resources that an action is limited to; `any` if the API has no resource-level permissions, or the names are
 * not known in advance.
 */
export type ResourceScope =
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

export interface CallPermission {
  readonly action: string;
  readonly scope: ResourceScope;
  readonly uses: readonly PolicyUse[];
  /** Actions that AWS also checks for the call, on the same resources. */
  readonly also?: readonly string[];
}

const permission = (action: string, on: ResourceScope, ...uses: readonly PolicyUse[]): CallPermission => ({
  action,
  scope: on,
  uses,
});
/** Read-only calls, in every policy. */
const readPermission = (action: string, on: ResourceScope = 'any') => permission(action, on, 'diff', 'deploy');
const writePermission = (action: string, on: ResourceScope) => permission(action, on, 'deploy');
const imagePermission = (action: string, on: ResourceScope = 'any') => permission(action, on, 'image');

export const callPermissions: Readonly<Record<string, CallPermission>> = {
  // CloudFormation. Stacks of an environment are found by their tags, among all stacks.
  CancelUpdateStack: writePermission('cloudformation:CancelUpdateStack', 'stacks'),
  ContinueUpdateRollback: writePermission('cloudformation:ContinueUpdateRollback', 'stacks'),
  CreateChangeSet: writePermission('cloudformation:CreateChangeSet', 'stacks'),
  DeleteChangeSet: writePermission('cloudformation:DeleteChangeSet', 'stacks'),
  DeleteStack: writePermission('cloudformation:DeleteStack', 'stacks'),
  DescribeChangeSet: readPermission('cloudformation:DescribeChangeSet', 'stacks'),
  DescribeStackDriftDetectionStatus: readPermission('cloudformation:DescribeStackDriftDetectionStatus'),
  DescribeStackEvents: readPermission('cloudformation:DescribeStackEvents', 'stacks'),
  DescribeStackResourceDrifts: readPermission('cloudformation:DescribeStackResourceDrifts', 'stacks'),
  DescribeStacks: readPermission('cloudformation:DescribeStacks'),
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
  DetectStackDrift: {
    ...readPermission('cloudformation:DetectStackDrift', 'stacks'),
    also: ['cloudformation:DetectStackResourceDrift'],
  },
  ExecuteChangeSet: writePermission('cloudformation:ExecuteChangeSet', 'stacks'),
  GetTemplate: readPermission('cloudformation:GetTemplate', 'stacks'),
  ListStackResources: readPermission('cloudformation:ListStackResources', 'stacks'),
  // Stack sets, for several regions and accounts.
  CreateStackInstances: writePermission('cloudformation:CreateStackInstances', 'stackSets'),
  // Knows no resource, as the set does not exist yet.
  CreateStackSet: writePermission('cloudformation:CreateStackSet', 'any'),
  DeleteStackInstances: writePermission('cloudformation:DeleteStackInstances', 'stackSets'),
  DeleteStackSet: writePermission('cloudformation:DeleteStackSet', 'stackSets'),
  DescribeStackSet: readPermission('cloudformation:DescribeStackSet', 'stackSets'),
  DescribeStackSetOperation: readPermission('cloudformation:DescribeStackSetOperation', 'stackSets'),
  ListStackInstances: readPermission('cloudformation:ListStackInstances', 'stackSets'),
  ListStackSetOperationResults: readPermission('cloudformation:ListStackSetOperationResults', 'stackSets'),
  ListStackSetOperations: readPermission('cloudformation:ListStackSetOperations', 'stackSets'),
  // A set is created with tags, and its tags are changed and removed.
  UpdateStackSet: {
    ...writePermission('cloudformation:UpdateStackSet', 'stackSets'),
    also: ['cloudformation:TagResource', 'cloudformation:UntagResource'],
  },
  // Machines and load balancers: calls without resource-level permissions.
  DescribeAutoScalingGroups: readPermission('autoscaling:DescribeAutoScalingGroups'),
  DescribeScalingActivities: readPermission('autoscaling:DescribeScalingActivities'),
  DescribeListeners: readPermission('elasticloadbalancing:DescribeListeners'),
  DescribeLoadBalancers: readPermission('elasticloadbalancing:DescribeLoadBalancers'),
  DescribeTags: readPermission('elasticloadbalancing:DescribeTags'),
  DescribeTargetGroups: readPermission('elasticloadbalancing:DescribeTargetGroups'),
  DescribeTargetHealth: readPermission('elasticloadbalancing:DescribeTargetHealth'),
  GetConsoleOutput: readPermission('ec2:GetConsoleOutput'),
  // Volumes that are no longer used.
  DescribeVolumes: readPermission('ec2:DescribeVolumes'),
  DeleteVolume: writePermission('ec2:DeleteVolume', 'volumes'),
  // Existing resources that the settings name.
  DescribeInternetGateways: readPermission('ec2:DescribeInternetGateways'),
  DescribeKeyPairs: readPermission('ec2:DescribeKeyPairs'),
  DescribeRouteTables: readPermission('ec2:DescribeRouteTables'),
  DescribeSecurityGroups: readPermission('ec2:DescribeSecurityGroups'),
  DescribeSubnets: readPermission('ec2:DescribeSubnets'),
  DescribeVpcAttribute: readPermission('ec2:DescribeVpcAttribute'),
  DescribeVpcs: readPermission('ec2:DescribeVpcs'),
  GetBucketTagging: readPermission('s3:GetBucketTagging'),
  HeadBucket: readPermission('s3:ListBucket', 'bucket'),
  ListBuckets: readPermission('s3:ListAllMyBuckets'),
  // Logs.
  DescribeLogStreams: readPermission('logs:DescribeLogStreams', 'logs'),
  FilterLogEvents: readPermission('logs:FilterLogEvents', 'logs'),
  // The caller's identity; needs no permission, listed for completeness.
  GetCallerIdentity: permission('sts:GetCallerIdentity', 'any', 'diff', 'deploy', 'image'),
  AssumeRole: writePermission('sts:AssumeRole', 'zoneRole'),
  // The environment's parameters.
  DeleteParameters: writePermission('ssm:DeleteParameters', 'parameters'),
  GetParameter: permission('ssm:GetParameter', 'parameters', 'diff', 'deploy', 'image'),
  GetParametersByPath: readPermission('ssm:GetParametersByPath', 'parameters'),
  PutParameter: writePermission('ssm:PutParameter', 'parameters'),
  // Its secrets. Pushing one compares it with the existing value.
  CreateSecret: {
    ...writePermission('secretsmanager:CreateSecret', 'secrets'),
    also: ['secretsmanager:TagResource'],
  },
  DeleteSecret: writePermission('secretsmanager:DeleteSecret', 'secrets'),
  DescribeSecret: readPermission('secretsmanager:DescribeSecret', 'secrets'),
  GetSecretValue: writePermission('secretsmanager:GetSecretValue', 'secrets'),
  ListSecrets: readPermission('secretsmanager:ListSecrets'),
  PutSecretValue: writePermission('secretsmanager:PutSecretValue', 'secrets'),
  RestoreSecret: writePermission('secretsmanager:RestoreSecret', 'secrets'),
  UpdateSecret: writePermission('secretsmanager:UpdateSecret', 'secrets'),
  // Its bucket, limited to the environment's keys.
  DeleteObject: permission('s3:DeleteObject', 'objects', 'deploy', 'image'),
  GetObject: readPermission('s3:GetObject', 'objects'),
  PutObject: writePermission('s3:PutObject', 'objects'),
  // DNS names.
  ChangeResourceRecordSets: writePermission('route53:ChangeResourceRecordSets', 'zones'),
  GetChange: writePermission('route53:GetChange', 'changes'),
  ListHostedZones: readPermission('route53:ListHostedZones'),
  ListHostedZonesByName: readPermission('route53:ListHostedZonesByName'),
  ListResourceRecordSets: readPermission('route53:ListResourceRecordSets', 'zones'),
  ListTagsForResource: readPermission('route53:ListTagsForResource', 'zones'),
  // Machine images: EBS direct APIs, or a snapshot imported from the bucket, then an AMI.
  AbortMultipartUpload: imagePermission('s3:AbortMultipartUpload', 'objects'),
  CompleteMultipartUpload: imagePermission('s3:PutObject', 'objects'),
  CreateMultipartUpload: imagePermission('s3:PutObject', 'objects'),
  HeadObject: imagePermission('s3:GetObject', 'objects'),
  ListMultipartUploads: imagePermission('s3:ListBucketMultipartUploads', 'bucket'),
  ListParts: imagePermission('s3:ListMultipartUploadParts', 'objects'),
  UploadPart: imagePermission('s3:PutObject', 'objects'),
  CompleteSnapshot: imagePermission('ebs:CompleteSnapshot'),
  PutSnapshotBlock: imagePermission('ebs:PutSnapshotBlock'),
  StartSnapshot: imagePermission('ebs:StartSnapshot'),
  CopyImage: imagePermission('ec2:CopyImage'),
  CreateTags: imagePermission('ec2:CreateTags'),
  DeleteSnapshot: imagePermission('ec2:DeleteSnapshot'),
  DeregisterImage: imagePermission('ec2:DeregisterImage'),
  DescribeImageAttribute: imagePermission('ec2:DescribeImageAttribute'),
  DescribeImages: permission('ec2:DescribeImages', 'any', 'deploy', 'image'),
  DescribeImportSnapshotTasks: imagePermission('ec2:DescribeImportSnapshotTasks'),
  DescribeInstances: imagePermission('ec2:DescribeInstances'),
  DescribeLaunchTemplates: imagePermission('ec2:DescribeLaunchTemplates'),
  DescribeLaunchTemplateVersions: imagePermission('ec2:DescribeLaunchTemplateVersions'),
  DescribeSnapshots: imagePermission('ec2:DescribeSnapshots'),
  ImportSnapshot: imagePermission('ec2:ImportSnapshot'),
  ModifyImageAttribute: imagePermission('ec2:ModifyImageAttribute'),
  RegisterImage: imagePermission('ec2:RegisterImage'),
};
