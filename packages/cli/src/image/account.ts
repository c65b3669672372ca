// Clients for importing images: EBS, EC2 of each region, and the environment's bucket if needed.
import {
  type Caller,
  caller,
  type EbsModule,
  type EbsPort,
  type Ec2Module,
  type Ec2Port,
  ebsPort,
  ec2Port,
  ImageError,
  type InventoryPort,
  type S3Module,
  type StorePort,
  storePort,
  systemClock,
} from '@i2kit/image';
import { identityAdapter, readBucketName, type SdkOptions } from '@i2kit/runner';
import { resolveSdkOptions } from '../aws/connection.ts';
import type { Context } from '../context.ts';

export interface ImageAccount {
  /** The region of imports; other regions get copies. */
  readonly home: string;
  readonly call: Caller;
  ec2(region: string): Ec2Port & InventoryPort;
  ebs(): Promise<EbsPort>;
  store(env: string): Promise<StorePort>;
}

export async function openImageAccount(
  context: Context,
  region: string | undefined,
  signal: AbortSignal,
): Promise<ImageAccount> {
  const sdk = await import('@aws-sdk/client-ec2');
  const options = await resolveSdkOptions(context, region);
  const home = options.region;
  const optionsOf = (where: string): SdkOptions => ({ ...options, region: where });
  const identity = identityAdapter(() => import('@aws-sdk/client-sts') as never, options);
  const call = caller({ clock: systemClock, signal });
  // Before minutes of building: whether AWS answers and accepts the credentials.
  const { Account: owner = '' } = await call('GetCallerIdentity', (attempt) => identity.getCallerIdentity(attempt));
  const known = new Map<string, Ec2Port & InventoryPort>();
  return {
    home,
    call,
    ec2(where) {
      const port = known.get(where) ?? ec2Port(sdk as unknown as Ec2Module, optionsOf(where));
      known.set(where, port);
      return port;
    },
    ebs: async () => ebsPort((await import('@aws-sdk/client-ebs')) as unknown as EbsModule, optionsOf(home)),
    async store(env) {
      const name = await readBucketName(optionsOf(home), env);
      if (name === undefined)
        throw new ImageError('import-conflict', `The environment ${env} has no bucket, which --import s3 needs.`, {
          hint: "Run 'i2kit env create' first, or import without --import s3.",
        });
      return storePort((await import('@aws-sdk/client-s3')) as unknown as S3Module, name, owner, optionsOf(home));
    },
  };
}
