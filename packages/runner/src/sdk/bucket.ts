// The environment's bucket through the AWS SDK: found by its SSM parameter, and never written to if another account
// owns it.
import type { S3Client } from '@aws-sdk/client-s3';
import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { CallOptions } from '../ports/cloudFormation.ts';
import type { BucketPort } from '../ports/machines.ts';

export interface EnvironmentBucket extends BucketPort {
  /** Puts bytes under their own hash (hex), which S3 verifies; an existing key is left alone. */
  putAsset(key: string, sha256: string, bytes: Uint8Array): Promise<void>;
  getAsset(key: string, sha256: string): Promise<Uint8Array | undefined>;
  close(): void;
}

// Writes are under hashes, or conditional, so repeating them is harmless.
const retrySettings = { maxAttempts: 4 };

/** The name of the environment's bucket; undefined if it has none. Throws if the parameter cannot be read. */
export async function readBucketName(options: SdkOptions, env: string): Promise<string | undefined> {
  const sdk = await import('@aws-sdk/client-ssm');
  const client = new sdk.SSMClient({ ...clientConfig(options), ...retrySettings });
  try {
    const { Parameter } = await client.send(new sdk.GetParameterCommand({ Name: `/i2kit/${env}/bucket` }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof sdk.ParameterNotFound) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

export interface BucketOptions {
  readonly name: string;
  readonly env: string;
  /** The account that must own it. */
  readonly account: string;
}

/** Keys of the port are relative to `i2kit/<env>/`; those of assets are complete. */
export async function bucketAdapter(
  options: SdkOptions,
  { name, env, account }: BucketOptions,
): Promise<EnvironmentBucket> {
  const sdk = await import('@aws-sdk/client-s3');
  const client: S3Client = new sdk.S3Client({
    ...clientConfig(options),
    ...retrySettings,
    // A custom endpoint has no host names per bucket.
    ...(options.endpoint ? { forcePathStyle: true } : {}),
  });
  const at = (Key: string) => ({ Bucket: name, ExpectedBucketOwner: account, Key });
  const below = (key: string) => at(`i2kit/${env}/${key}`);
  const http = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});
  return {
    name,
    url: (key) => objectUrlOf(options, name, `i2kit/${env}/${key}`),
    put: ({ Key, ...input }, call) => client.send(new sdk.PutObjectCommand({ ...input, ...below(Key) }), http(call)),
    async get({ Key }, call) {
      const { Body, ETag } = await client.send(new sdk.GetObjectCommand(below(Key)), http(call));
      return { Body: (await Body?.transformToString()) ?? '', ETag };
    },
    remove: ({ Key }, call) => client.send(new sdk.DeleteObjectCommand(below(Key)), http(call)),
    async putAsset(key, sha256, bytes) {
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
      try {
        await client.send(new sdk.PutObjectCommand({ ...at(key), Body: bytes, ChecksumSHA256, IfNoneMatch: '*' }));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
      }
    },
    async getAsset(key, sha256) {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand(at(key)));
        const bytes = await Body?.transformToByteArray();
        if (bytes === undefined) return undefined;
        const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
        return Buffer.from(digest).toString('hex') === sha256 ? bytes : undefined;
      } catch {
        return undefined;
      }
    },
    close: () => client.destroy(),
  };
}

function objectUrlOf({ region, endpoint }: SdkOptions, bucket: string, key: string): string {
  if (endpoint) return `${endpoint.replace(/\/$/, '')}/${bucket}/${key}`;
  return `https://${bucket}.s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${key}`;
}
