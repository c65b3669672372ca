// The authorization requests behind each AWS call of the command line, as AWS forms them for an app in an environment.
import type { PolicyUse } from '../../packages/runner/src/iamPolicy/callPermissions.ts';
import { type AuthorizationRequest, account } from './judge.ts';
import { region, stackArn } from './physicalNames.ts';

export interface Owner {
  readonly env: string;
  readonly app: string;
}

type Requests = (owner: Owner, use: PolicyUse) => readonly AuthorizationRequest[];

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const key = arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab');

const bare =
  (...actions: readonly string[]): Requests =>
  () =>
    actions.map((action) => ({ action, resource: '*' }));
/** The app's stack, and the stack of one of its workloads. */
const onStacks =
  (action: string): Requests =>
  ({ env, app }) =>
    [`${env}-${app}`, `${env}-${app}-Api`].map((stack) => ({ action, resource: stackArn(stack) }));
const stackSet = ({ env, app }: Owner) => arn('cloudformation', `stackset/${env}-${app}:1b2c3d4e-0000`);
const onStackSet =
  (action: string): Requests =>
  (owner) => [{ action, resource: stackSet(owner) }];
/** Also on the places of its stacks, and on the resource types in the template. */
const onStackSetTypes =
  (action: string, ...more: readonly string[]): Requests =>
  (owner) => [
    ...[action, ...more].map((each) => ({ action: each, resource: stackSet(owner) })),
    { action, resource: arn('cloudformation', `stackset-target/${owner.env}-${owner.app}:1b2c3d4e-0000`) },
    { action, resource: arn('cloudformation', 'type/resource/AWS-EC2-Volume') },
  ];
const bucket = ({ env }: Owner) => `arn:aws:s3:::i2kit-${env}-bucket-uj5n2nwuspzb`;
const onBucket =
  (action: string): Requests =>
  (owner) => [{ action, resource: bucket(owner) }];
const onObject =
  (action: string, folder = 'templates'): Requests =>
  (owner) => [{ action, resource: `${bucket(owner)}/i2kit/${owner.env}/${folder}/0123abcd` }];
const parameter =
  (action: string): Requests =>
  ({ env }) => [{ action, resource: arn('ssm', `parameter/i2kit/${env}/services/default`) }];
const logGroup =
  (action: string): Requests =>
  ({ env, app }) =>
    [`${env}-${app}-HelloLogs-UJ5n2NwuSPZB`, `${env}-${app}-Api-ApiLogs-UJ5n2NwuSPZB`].map((name) => ({
      action,
      resource: arn('logs', `log-group:${name}`),
    }));
const zone =
  (action: string): Requests =>
  () => [{ action, resource: 'arn:aws:route53:::hostedzone/Z0123456789ABC' }];
const on =
  (action: string, resource: string): Requests =>
  () => [{ action, resource }];

const viaSecretsManager = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
/** The secret, and the customer managed key of `--kms-key`. */
const secret =
  (actions: readonly string[], ...keyActions: readonly string[]): Requests =>
  ({ env }) => [
    ...actions.map((action) => ({ action, resource: arn('secretsmanager', `secret:i2kit/${env}/default/db-AbCdEf`) })),
    ...keyActions.map((action) => ({ action: `kms:${action}`, resource: key, context: viaSecretsManager })),
  ];
/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html */
const snapshotKey = (service = 'ec2'): readonly AuthorizationRequest[] => [
  ...['Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'].map((action) => ({
    action: `kms:${action}`,
    resource: key,
    context: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
  })),
  {
    action: 'kms:CreateGrant',
    resource: key,
    context: { 'kms:ViaService': `${service}.${region}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'true' },
  },
];
const snapshot = `arn:aws:ec2:${region}::snapshot/snap-0123456789`;
const image = `arn:aws:ec2:${region}::image/ami-0123456789`;
const onAll =
  (actions: readonly string[], resources: readonly string[], keys: readonly AuthorizationRequest[] = []): Requests =>
  () => [...actions.flatMap((action) => resources.map((resource) => ({ action, resource }))), ...keys];

export const ownRequests: Readonly<Record<string, Requests>> = {
  CancelUpdateStack: onStacks('cloudformation:CancelUpdateStack'),
  ContinueUpdateRollback: onStacks('cloudformation:ContinueUpdateRollback'),
  // CloudFormation reads a template in the bucket with its caller's rights.
  CreateChangeSet: (owner, use) => [
    ...onStacks('cloudformation:CreateChangeSet')(owner, use),
    ...onObject('s3:GetObject')(owner, use),
  ],
  DeleteChangeSet: onStacks('cloudformation:DeleteChangeSet'),
  DeleteStack: onStacks('cloudformation:DeleteStack'),
  DescribeChangeSet: onStacks('cloudformation:DescribeChangeSet'),
  DescribeStackDriftDetectionStatus: bare('cloudformation:DescribeStackDriftDetectionStatus'),
  DescribeStackEvents: onStacks('cloudformation:DescribeStackEvents'),
  DescribeStackResourceDrifts: onStacks('cloudformation:DescribeStackResourceDrifts'),
  DescribeStacks: onStacks('cloudformation:DescribeStacks'),
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html asks for both.
  DetectStackDrift: (owner, use) => [
    ...onStacks('cloudformation:DetectStackDrift')(owner, use),
    ...onStacks('cloudformation:DetectStackResourceDrift')(owner, use),
  ],
  ExecuteChangeSet: onStacks('cloudformation:ExecuteChangeSet'),
  GetTemplate: onStacks('cloudformation:GetTemplate'),
  ListStackResources: onStacks('cloudformation:ListStackResources'),
  CreateStackInstances: onStackSetTypes('cloudformation:CreateStackInstances'),
  CreateStackSet: (owner) => [
    { action: 'cloudformation:CreateStackSet', resource: '*' },
    { action: 'cloudformation:TagResource', resource: stackSet(owner) },
  ],
  DeleteStackInstances: onStackSetTypes('cloudformation:DeleteStackInstances'),
  DeleteStackSet: onStackSet('cloudformation:DeleteStackSet'),
  DescribeStackSet: onStackSet('cloudformation:DescribeStackSet'),
  DescribeStackSetOperation: onStackSet('cloudformation:DescribeStackSetOperation'),
  ListStackInstances: onStackSet('cloudformation:ListStackInstances'),
  ListStackSetOperationResults: onStackSet('cloudformation:ListStackSetOperationResults'),
  ListStackSetOperations: onStackSet('cloudformation:ListStackSetOperations'),
  UpdateStackSet: onStackSetTypes(
    'cloudformation:UpdateStackSet',
    'cloudformation:TagResource',
    'cloudformation:UntagResource',
  ),
  DescribeAutoScalingGroups: bare('autoscaling:DescribeAutoScalingGroups'),
  DescribeScalingActivities: bare('autoscaling:DescribeScalingActivities'),
  DescribeListeners: bare('elasticloadbalancing:DescribeListeners'),
  DescribeLoadBalancers: bare('elasticloadbalancing:DescribeLoadBalancers'),
  DescribeTags: bare('elasticloadbalancing:DescribeTags'),
  DescribeTargetGroups: bare('elasticloadbalancing:DescribeTargetGroups'),
  DescribeTargetHealth: bare('elasticloadbalancing:DescribeTargetHealth'),
  GetConsoleOutput: on('ec2:GetConsoleOutput', arn('ec2', 'instance/i-0123456789')),
  DescribeVolumes: bare('ec2:DescribeVolumes'),
  DeleteVolume: ({ env }) => [
    {
      action: 'ec2:DeleteVolume',
      resource: arn('ec2', 'volume/vol-0123456789'),
      context: { 'aws:ResourceTag/i2kit:env': env },
    },
  ],
  DescribeInternetGateways: bare('ec2:DescribeInternetGateways'),
  DescribeKeyPairs: bare('ec2:DescribeKeyPairs'),
  DescribeRouteTables: bare('ec2:DescribeRouteTables'),
  DescribeSecurityGroups: bare('ec2:DescribeSecurityGroups'),
  DescribeSubnets: bare('ec2:DescribeSubnets'),
  DescribeVpcAttribute: on('ec2:DescribeVpcAttribute', arn('ec2', 'vpc/vpc-0123456789')),
  DescribeVpcs: bare('ec2:DescribeVpcs'),
  GetBucketTagging: onBucket('s3:GetBucketTagging'),
  HeadBucket: onBucket('s3:ListBucket'),
  ListBuckets: bare('s3:ListAllMyBuckets'),
  DescribeLogStreams: logGroup('logs:DescribeLogStreams'),
  FilterLogEvents: logGroup('logs:FilterLogEvents'),
  GetCallerIdentity: bare('sts:GetCallerIdentity'),
  AssumeRole: on('sts:AssumeRole', 'arn:aws:iam::123456789012:role/names'),
  DeleteParameters: parameter('ssm:DeleteParameters'),
  GetParameter: ({ env }) => [{ action: 'ssm:GetParameter', resource: arn('ssm', `parameter/i2kit/${env}/bucket`) }],
  GetParametersByPath: ({ env }) => [
    { action: 'ssm:GetParametersByPath', resource: arn('ssm', `parameter/i2kit/${env}/services`) },
  ],
  PutParameter: parameter('ssm:PutParameter'),
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html and the other calls' pages.
  CreateSecret: secret(['secretsmanager:CreateSecret', 'secretsmanager:TagResource'], 'GenerateDataKey', 'Decrypt'),
  DeleteSecret: secret(['secretsmanager:DeleteSecret']),
  DescribeSecret: secret(['secretsmanager:DescribeSecret']),
  GetSecretValue: secret(['secretsmanager:GetSecretValue'], 'Decrypt'),
  ListSecrets: bare('secretsmanager:ListSecrets'),
  PutSecretValue: secret(['secretsmanager:PutSecretValue'], 'GenerateDataKey', 'Decrypt'),
  RestoreSecret: secret(['secretsmanager:RestoreSecret']),
  UpdateSecret: secret(['secretsmanager:UpdateSecret'], 'GenerateDataKey', 'Encrypt', 'Decrypt'),
  DeleteObject: onObject('s3:DeleteObject'),
  GetObject: onObject('s3:GetObject'),
  PutObject: onObject('s3:PutObject', 'payloads'),
  ChangeResourceRecordSets: zone('route53:ChangeResourceRecordSets'),
  GetChange: on('route53:GetChange', 'arn:aws:route53:::change/C0123456789'),
  ListHostedZones: bare('route53:ListHostedZones'),
  ListHostedZonesByName: bare('route53:ListHostedZonesByName'),
  ListResourceRecordSets: zone('route53:ListResourceRecordSets'),
  ListTagsForResource: zone('route53:ListTagsForResource'),
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload', 'images'),
  CompleteMultipartUpload: onObject('s3:PutObject', 'images'),
  CreateMultipartUpload: onObject('s3:PutObject', 'images'),
  HeadObject: onObject('s3:GetObject', 'images'),
  ListMultipartUploads: onBucket('s3:ListBucketMultipartUploads'),
  ListParts: onObject('s3:ListMultipartUploadParts', 'images'),
  UploadPart: onObject('s3:PutObject', 'images'),
  CompleteSnapshot: onAll(['ebs:CompleteSnapshot'], [snapshot]),
  PutSnapshotBlock: onAll(
    ['ebs:PutSnapshotBlock'],
    [snapshot],
    [{ action: 'kms:GenerateDataKey', resource: key, context: { 'kms:ViaService': `ebs.${region}.amazonaws.com` } }],
  ),
  StartSnapshot: onAll(['ebs:StartSnapshot', 'ec2:CreateTags'], [snapshot], snapshotKey('ebs')),
  CopyImage: onAll(['ec2:CopyImage', 'ec2:CreateTags'], [image, snapshot], snapshotKey()),
  CreateTags: onAll(['ec2:CreateTags'], [snapshot]),
  DeleteSnapshot: onAll(['ec2:DeleteSnapshot'], [snapshot]),
  DeregisterImage: onAll(['ec2:DeregisterImage'], [image]),
  DescribeImageAttribute: onAll(['ec2:DescribeImageAttribute'], [image]),
  DescribeImages: bare('ec2:DescribeImages'),
  DescribeImportSnapshotTasks: bare('ec2:DescribeImportSnapshotTasks'),
  DescribeInstances: bare('ec2:DescribeInstances'),
  DescribeLaunchTemplates: bare('ec2:DescribeLaunchTemplates'),
  DescribeLaunchTemplateVersions: bare('ec2:DescribeLaunchTemplateVersions'),
  DescribeSnapshots: bare('ec2:DescribeSnapshots'),
  ImportSnapshot: onAll(
    ['ec2:ImportSnapshot', 'ec2:CreateTags'],
    [arn('ec2', 'import-snapshot-task/import-snap-0123456789')],
    snapshotKey(),
  ),
  ModifyImageAttribute: onAll(['ec2:ModifyImageAttribute'], [image]),
  RegisterImage: onAll(['ec2:RegisterImage', 'ec2:CreateTags'], [image]),
};
