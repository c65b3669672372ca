// EBS direct, EC2 and S3 through the AWS SDK, each behind its port.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { EbsPort, Ec2Port, InventoryPort, StorePort } from './ports.ts';
import { type SdkModule, sender } from './sender.ts';

/** EBS direct APIs through the AWS SDK: `ebsPort(await import('@aws-sdk/client-ebs'), options)`. */
export type EbsModule = SdkModule<'EBSClient', 'StartSnapshot' | 'PutSnapshotBlock' | 'CompleteSnapshot'>;

/** `inFlight`: sockets that may be open at once. */
export function ebsPort(sdk: EbsModule, options: SdkOptions, inFlight = 64): EbsPort {
  const send = sender(sdk, new sdk.EBSClient(clientConfig(options, inFlight) as never));
  return {
    startSnapshot: send('StartSnapshot'),
    putSnapshotBlock: send('PutSnapshotBlock'),
    completeSnapshot: send('CompleteSnapshot'),
  };
}

type Ec2Actions = Capitalize<keyof (Ec2Port & InventoryPort)>;
/** EC2 of one region through the AWS SDK: `ec2Port(await import('@aws-sdk/client-ec2'), options)`. */
export type Ec2Module = SdkModule<'EC2Client', Ec2Actions>;

export function ec2Port(sdk: Ec2Module, options: SdkOptions): Ec2Port & InventoryPort {
  const send = sender<Ec2Actions>(sdk, new sdk.EC2Client(clientConfig(options, 16) as never));
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

type S3Actions = Capitalize<Exclude<keyof StorePort, 'bucket'>>;
/**
 * A bucket through the AWS SDK: `storePort(await import('@aws-sdk/client-s3'), 'bucket', 'account id', options)`.
 */
export type S3Module = SdkModule<'S3Client', S3Actions>;

/** `owner`: the account that the bucket must belong to; every call says so. */
export function storePort(sdk: S3Module, bucket: string, owner: string, options: SdkOptions): StorePort {
  const style = options.endpoint ? { forcePathStyle: true } : {};
  const client = new sdk.S3Client({ ...clientConfig(options, 16), ...style } as never);
  const send = sender<S3Actions>(sdk, client, { Bucket: bucket, ExpectedBucketOwner: owner });
  return {
    bucket,
    headObject: send('HeadObject'),
    listMultipartUploads: send('ListMultipartUploads'),
    createMultipartUpload: send('CreateMultipartUpload'),
    listParts: send('ListParts'),
    uploadPart: send('UploadPart'),
    completeMultipartUpload: send('CompleteMultipartUpload'),
    abortMultipartUpload: send('AbortMultipartUpload'),
    deleteObject: send('DeleteObject'),
  };
}
