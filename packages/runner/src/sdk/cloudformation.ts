// CloudFormation through the AWS SDK, loaded only where it is used.
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CallOptions, CloudFormationPort } from '../ports/cloudformation.ts';
import { clientConfig, type SdkOptions } from './options.ts';

export interface CloudFormationAdapter {
  readonly port: CloudFormationPort;
  /** Makes the client anew, so that profiles, tokens and roles are read again. False for fixed credentials. */
  refresh(): Promise<boolean>;
  /** Closes its connections. */
  close(): void;
}

export async function cloudFormationAdapter(options: SdkOptions): Promise<CloudFormationAdapter> {
  const sdk = await import('@aws-sdk/client-cloudformation');
  const connect = (): CloudFormationClient => new sdk.CloudFormationClient(clientConfig(options));
  let client = connect();
  const http = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});
  const port: CloudFormationPort = {
    describeStacks: (input, call) => client.send(new sdk.DescribeStacksCommand(input), http(call)),
    createChangeSet: ({ Capabilities, ...input }, call) =>
      client.send(
        new sdk.CreateChangeSetCommand({
          ...input,
          ...(Capabilities ? { Capabilities: Capabilities as `${import('@aws-sdk/client-cloudformation').Capability}`[] } : {}),
        }),
        http(call),
      ),
    describeChangeSet: (input, call) => client.send(new sdk.DescribeChangeSetCommand(input), http(call)),
    deleteChangeSet: (input, call) => client.send(new sdk.DeleteChangeSetCommand(input), http(call)),
    executeChangeSet: (input, call) => client.send(new sdk.ExecuteChangeSetCommand(input), http(call)),
    getTemplate: (input, call) => client.send(new sdk.GetTemplateCommand(input), http(call)),
    describeStackEvents: (input, call) => client.send(new sdk.DescribeStackEventsCommand(input), http(call)),
    listStackResources: (input, call) => client.send(new sdk.ListStackResourcesCommand(input), http(call)),
    deleteStack: (input, call) => client.send(new sdk.DeleteStackCommand(input), http(call)),
    continueUpdateRollback: (input, call) => client.send(new sdk.ContinueUpdateRollbackCommand(input), http(call)),
    cancelUpdateStack: (input, call) => client.send(new sdk.CancelUpdateStackCommand(input), http(call)),
    detectStackDrift: (input, call) => client.send(new sdk.DetectStackDriftCommand(input), http(call)),
    describeStackDriftDetectionStatus: (input, call) => client.send(new sdk.DescribeStackDriftDetectionStatusCommand(input), http(call)),
    describeStackResourceDrifts: (input, call) => client.send(new sdk.DescribeStackResourceDriftsCommand(input), http(call)),
  };
  const refresh = async (): Promise<boolean> => {
    if (options.credentials) return false;
    client.destroy();
    client = connect();
    return true;
  };
  return { port, refresh, close: () => client.destroy() };
}
