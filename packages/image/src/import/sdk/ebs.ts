// EBS direct APIs through the AWS SDK: `ebsPort(await import('@aws-sdk/client-ebs'), options)`.
import type { EbsPort } from '../ports.ts';
import { clientConfig, type SdkModule, type SdkOptions, sender } from './options.ts';

export type EbsModule = SdkModule<'EBSClient', 'StartSnapshot' | 'PutSnapshotBlock' | 'CompleteSnapshot'>;

/** `inFlight`: sockets that may be open at once. */
export function ebsPort(sdk: EbsModule, options: SdkOptions, inFlight = 64): EbsPort {
  const send = sender(sdk, new sdk.EBSClient(clientConfig(options, inFlight) as never));
  return { startSnapshot: send('StartSnapshot'), putSnapshotBlock: send('PutSnapshotBlock'), completeSnapshot: send('CompleteSnapshot') };
}
