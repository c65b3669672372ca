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
  { io, values }: Context,
  region: string | undefined,
  signal: AbortSignal,
): Promise<ImageAccount> {
  const sdk = await import('@aws-sdk/client-ec2');
  const { profile } = values;
  const endpoint = values['endpoint-url'] ?? (io.env['AWS_ENDPOINT_URL'] || undefined);
  const home = region ?? (await new sdk.EC2Client(profile ? { profile } : {}).config.region());
  const optionsOf = (where: string): SdkOptions => ({
    region: where,
    ...(endpoint && { endpoint }),
    ...(profile && { profile }),
  });
  const known = new Map<string, Ec2Port & InventoryPort>();
  return {
    home,
    call: caller({ clock: systemClock, signal }),
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
      const { Account: owner = '' } = await identityAdapter(
        () => import('@aws-sdk/client-sts') as never,
        optionsOf(home),
      ).getCallerIdentity();
      return storePort((await import('@aws-sdk/client-s3')) as unknown as S3Module, name, owner, optionsOf(home));
    },
  };
}
