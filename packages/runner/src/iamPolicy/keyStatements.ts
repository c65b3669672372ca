// The KMS permissions of a use of i2kit, for secrets, volumes and images under a customer managed key. An AWS managed
// key needs none of them. A key is used only through the service that holds the data, and the key's policy has to
// allow it as well.
import type { IamPolicyInput, IamStatement, PolicyCondition } from './policy.ts';
import { arnFormatterOf, partitionOf } from './resourceNames.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
const secretActions = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'];

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html */
const volumeActions = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** EBS grants itself the key of a volume or snapshot. */
const grantForResource: PolicyCondition = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/** `through`: the condition of calls that CloudFormation makes. */
export function keyStatements(input: IamPolicyInput, through: PolicyCondition): readonly IamStatement[] {
  const { use, roleArn } = input;
  if (use === 'image') return volumeKeyStatements(input, {}, ['kms:GenerateDataKey', ...volumeActions]);
  if (use !== 'deploy') return [];
  const secrets = {
    Sid: 'SecretKeys',
    Effect: 'Allow',
    Action: secretActions,
    Resource: keysOf(input),
    Condition: via(input, 'secretsmanager'),
  } as const;
  return [secrets, ...(roleArn === undefined ? volumeKeyStatements(input, through, volumeActions) : [])];
}

function volumeKeyStatements(
  input: IamPolicyInput,
  through: PolicyCondition,
  Action: readonly string[],
): readonly IamStatement[] {
  const common = { Effect: 'Allow', Resource: keysOf(input) } as const;
  const Condition = { ...through, ...via(input, 'ec2', ...(input.use === 'image' ? ['ebs'] : [])) };
  return [
    { Sid: 'VolumeKeys', ...common, Action, Condition },
    {
      Sid: 'VolumeKeyGrants',
      ...common,
      Action: ['kms:CreateGrant'],
      Condition: { ...Condition, ...grantForResource },
    },
  ];
}

/** Keys of any account: one of another account must allow this one in its own policy. */
const keysOf = ({ region }: IamPolicyInput) => [
  arnFormatterOf({ ...(region !== undefined && { region }) })('kms', 'key/*'),
];

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function via({ region = '*' }: IamPolicyInput, ...services: readonly string[]): PolicyCondition {
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { StringLike: { 'kms:ViaService': services.map((service) => `${service}.${region}.${suffix}`) } };
}
