// STS through the AWS SDK; the caller passes the module, so that it decides where it is loaded and bundled.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { IdentityPort } from '../ports/machines.ts';

/** The part of `@aws-sdk/client-sts` that is used. */
export interface StsModule {
  readonly STSClient: new (
    config: ReturnType<typeof clientConfig>,
  ) => {
    send(
      command: never,
      options?: { abortSignal?: AbortSignal },
    ): Promise<{ Account?: string | undefined; Arn?: string | undefined }>;
  };
  readonly GetCallerIdentityCommand: new (input: Record<string, never>) => unknown;
}

/** `identityPort(() => import('@aws-sdk/client-sts'), options)` */
export function identityAdapter(load: () => Promise<StsModule>, options: SdkOptions): IdentityPort {
  return {
    async getCallerIdentity(call) {
      const sdk = await load();
      const client = new sdk.STSClient(clientConfig(options));
      return client.send(
        new sdk.GetCallerIdentityCommand({}) as never,
        call?.signal ? { abortSignal: call.signal } : {},
      );
    },
  };
}
