// Where AWS's specification says something else than what CloudFormation does; each with where it is said.
import type { Replacement } from './replacement.ts';

/** Resource type -> property -> what its change does. */
export const corrections: Readonly<Record<string, Readonly<Record<string, Replacement>>>> = {
  // "Update requires: Updates are not supported": the specification has them as mutable, and diff tools call them an update.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html
  'AWS::EC2::Volume': {
    AvailabilityZone: 'refused',
    Encrypted: 'refused',
    KmsKeyId: 'refused',
    SnapshotId: 'refused',
    OutpostArn: 'refused',
  },
  // "Some interruptions" of a machine that boots from EBS, as each of ours does: it is stopped and started, and stays the same.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
  'AWS::EC2::Instance': { InstanceType: 'never', UserData: 'never', EbsOptimized: 'never', SecurityGroupIds: 'never' },
};
