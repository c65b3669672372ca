// CloudWatch Logs through the AWS SDK, loaded on first use.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { CallOptions } from '../ports/cloudFormation.ts';
import type { LogsPort } from '../ports/logs.ts';

export interface LogsAdapter {
  readonly port: LogsPort;
  /** Creates the client again, so that profiles, tokens and roles are read again. */
  refresh(): void;
  close(): void;
}

export async function logsAdapter(options: SdkOptions): Promise<LogsAdapter> {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  const connect = () => new sdk.CloudWatchLogsClient(clientConfig(options));
  let client = connect();
  const http = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});
  return {
    port: {
      filterLogEvents: (input, call) => client.send(new sdk.FilterLogEventsCommand(input), http(call)),
      describeLogStreams: (input, call) => client.send(new sdk.DescribeLogStreamsCommand(input), http(call)),
    },
    refresh() {
      client.destroy();
      client = connect();
    },
    close: () => client.destroy(),
  };
}
