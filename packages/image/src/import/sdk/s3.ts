// A bucket through the AWS SDK: `storePort(await import('@aws-sdk/client-s3'), 'bucket', 'account id', options)`.
import type { StorePort } from '../ports.ts';
import { clientConfig, type SdkModule, type SdkOptions, sender } from './options.ts';

type Actions = Capitalize<Exclude<keyof StorePort, 'bucket'>>;
export type S3Module = SdkModule<'S3Client', Actions>;

/** `owner`: the account that the bucket must belong to; every call says so. */
export function storePort(sdk: S3Module, bucket: string, owner: string, options: SdkOptions): StorePort {
  const style = options.endpoint ? { forcePathStyle: true } : {};
  const client = new sdk.S3Client({ ...clientConfig(options, 16), ...style } as never);
  const send = sender<Actions>(sdk, client, { Bucket: bucket, ExpectedBucketOwner: owner });
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
