// EC2 of one region through the AWS SDK: `ec2Port(await import('@aws-sdk/client-ec2'), options)`.
import type { Ec2Port, InventoryPort } from '../ports.ts';
import { clientConfig, type SdkModule, type SdkOptions, sender } from './options.ts';

type Actions = Capitalize<keyof (Ec2Port & InventoryPort)>;
export type Ec2Module = SdkModule<'EC2Client', Actions>;

export function ec2Port(sdk: Ec2Module, options: SdkOptions): Ec2Port & InventoryPort {
  const send = sender<Actions>(sdk, new sdk.EC2Client(clientConfig(options, 16) as never));
  return {
    describeSnapshots: send('DescribeSnapshots'),
    deleteSnapshot: send('DeleteSnapshot'),
    describeImages: send('DescribeImages'),
    registerImage: send('RegisterImage'),
    deregisterImage: send('DeregisterImage'),
    copyImage: send('CopyImage'),
    modifyImageAttribute: send('ModifyImageAttribute'),
    createTags: send('CreateTags'),
    importSnapshot: send('ImportSnapshot'),
    describeImportSnapshotTasks: send('DescribeImportSnapshotTasks'),
    describeInstances: send('DescribeInstances'),
    describeLaunchTemplates: send('DescribeLaunchTemplates'),
    describeLaunchTemplateVersions: send('DescribeLaunchTemplateVersions'),
    describeImageAttribute: send('DescribeImageAttribute'),
  };
}
