// CloudFormation StackSets through the AWS SDK.
import type { CallOptions } from '../ports/cloudformation.ts';
import type { StackSetPort } from '../ports/stacksets.ts';
import { clientConfig, type SdkOptions } from './options.ts';

export interface StackSetAdapter {
  readonly port: StackSetPort;
  /** Makes the client anew, so that credentials are read again. */
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
    describeStackSetOperation: (input, call) => client.send(new sdk.DescribeStackSetOperationCommand(input), http(call)),
    listStackSetOperationResults: (input, call) => client.send(new sdk.ListStackSetOperationResultsCommand(input), http(call)),
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
