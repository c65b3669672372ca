// The KMS statements of a machine group role: Secrets Manager and EC2 use keys on behalf of the machine.
import type { MachineGroup } from '../../plan.ts';
import { type Intrinsic, sub } from '../../template.ts';
import type { EmitContext } from './emitter.ts';

/** A statement for secrets, where the group reads some; two for disks, where it attaches some. */
export function keyStatements(context: EmitContext, group: MachineGroup, secretArns: readonly (string | Intrinsic)[]) {
  const volumes = context.volumesOf(group);
  return [...(secretArns.length > 0 ? [secretKeys(secretArns)] : []), ...(volumes.length > 0 ? diskKeys(volumes) : [])];
}

/** `secrets push --kms-key` names the key, so the template does not know it; Secrets Manager gives KMS the secret's ARN. */
const secretKeys = (secretArns: readonly (string | Intrinsic)[]) => ({
  Sid: 'SecretKeys',
  Effect: 'Allow',
  Action: ['kms:Decrypt'],
  Resource: anyKey,
  Condition: {
    StringEquals: via('secretsmanager'),
    StringLike: { 'kms:EncryptionContext:SecretARN': secretArns },
  },
});

/**
 * https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html: attaching decrypts the volume's data key,
 * and EBS grants itself the key. Also a volume without a key of its own may have one: the account's default.
 */
function diskKeys(volumes: ReturnType<EmitContext['volumesOf']>) {
  const keys = [...new Set(volumes.map(({ kmsKeyId }) => keyText(kmsKeyId)))];
  const known = keys.every((key) => key !== undefined) ? keys.map(keyArn) : anyKey;
  const common = { Effect: 'Allow', Resource: known };
  return [
    { Sid: 'DiskKeys', ...common, Action: ['kms:Decrypt', 'kms:DescribeKey'], Condition: { StringEquals: via('ec2') } },
    {
      Sid: 'DiskKeyGrants',
      ...common,
      Action: ['kms:CreateGrant'],
      Condition: { StringEquals: via('ec2'), Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

/** Keys of any account: one of another account must allow this one in its own policy. */
const anyKey = sub('arn:${AWS::Partition}:kms:${AWS::Region}:*:key/*');

const via = (service: string) => ({ 'kms:ViaService': sub(`${service}.\${AWS::Region}.\${AWS::URLSuffix}`) });

/** The ARN or id that IAM can compare; undefined for an alias, whose key may change. */
const keyText = (key: string | undefined) => (key === undefined || /(^|:)alias\//.test(key) ? undefined : key);

const keyArn = (key: string) =>
  key.startsWith('arn:') ? key : sub(`arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${key}`);
