// CloudFormation stacks and stack sets through the AWS SDK, loaded on first use.

import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { CallOptions, CloudFormationPort } from '../ports/cloudFormation.ts';
import type { StackSetPort } from '../ports/stackSets.ts';

export interface CloudFormationAdapter {
  readonly port: CloudFormationPort;
  /** Creates the client again, so that profiles, tokens and roles are read again. False for fixed credentials. */
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
          ...(Capabilities
            ? { Capabilities: Capabilities as `${import('@aws-sdk/client-cloudformation').Capability}`[] }
            : {}),
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
    describeStackDriftDetectionStatus: (input, call) =>
      client.send(new sdk.DescribeStackDriftDetectionStatusCommand(input), http(call)),
    describeStackResourceDrifts: (input, call) =>
      client.send(new sdk.DescribeStackResourceDriftsCommand(input), http(call)),
  };
  const refresh = async (): Promise<boolean> => {
    if (options.credentials) return false;
    client.destroy();
    client = connect();
    return true;
  };
  return { port, refresh, close: () => client.destroy() };
}

/** CloudFormation StackSets through the AWS SDK. */
export interface StackSetAdapter {
  readonly port: StackSetPort;
  /** Creates the client again, so that credentials are read again. */
  refresh(): void;
  close(): void;
}

export async function stackSetAdapter(options: SdkOptions): Promise<StackSetAdapter> {
  const sdk = await import('@aws-sdk/client-cloudformation');
  const connect = () => new sdk.CloudFormationClient(clientConfig(options));
  let client = connect();
  const http = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});
  const port: StackSetPort = {
    describeStackSet: (input, call) => client.send(new sdk.DescribeStackSetCommand(input), http(call)),
    createStackSet: (input, call) => client.send(new sdk.CreateStackSetCommand(input as never), http(call)),
    updateStackSet: (input, call) => client.send(new sdk.UpdateStackSetCommand(input as never), http(call)),
    deleteStackSet: (input, call) => client.send(new sdk.DeleteStackSetCommand(input), http(call)),
    createStackInstances: (input, call) => client.send(new sdk.CreateStackInstancesCommand(input), http(call)),
    deleteStackInstances: (input, call) => client.send(new sdk.DeleteStackInstancesCommand(input), http(call)),
    listStackInstances: (input, call) => client.send(new sdk.ListStackInstancesCommand(input), http(call)),
    listStackSetOperations: (input, call) => client.send(new sdk.ListStackSetOperationsCommand(input), http(call)),
    describeStackSetOperation: (input, call) =>
      client.send(new sdk.DescribeStackSetOperationCommand(input), http(call)),
    listStackSetOperationResults: (input, call) =>
      client.send(new sdk.ListStackSetOperationResultsCommand(input), http(call)),
  };
  return {
    port,
    refresh() {
      client.destroy();
      client = connect();
    },
    close: () => client.destroy(),
  };
}
