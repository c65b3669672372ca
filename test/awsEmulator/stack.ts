// Creates, changes and deletes stacks in the AWS emulator and waits for the end; failures list all reasons of their
// events.

import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
  type StackResource,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { type AwsClients, makeBucket, putObject } from './clients.ts';
import { readStackEvents, StackFailure } from './stackEvents.ts';

export { readStackEvents, StackFailure };

export type Template = object;
export type Parameters = Readonly<Record<string, string>>;

export interface StackState {
  readonly id: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The stack's resources by logical id. */
  readonly resources: Readonly<Record<string, StackResource>>;
}

export interface StackOptions {
  /** The longest to wait for the final status. */
  readonly timeout?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly disableRollback?: boolean;
}

export async function createStack(
  clients: AwsClients,
  name: string,
  template: Template,
  parameters: Parameters = {},
  options: StackOptions = {},
): Promise<StackState> {
  const { StackId } = await clients.cloudFormation.send(
    new CreateStackCommand({
      ...(await requestOf(clients, name, template, parameters, options)),
      DisableRollback: options.disableRollback ?? false,
    }),
  );
  return waitForStatus(clients, name, StackId as string, 'CREATE_COMPLETE', 0, options);
}

export async function updateStack(
  clients: AwsClients,
  name: string,
  template: Template,
  parameters: Parameters = {},
  options: StackOptions = {},
): Promise<StackState> {
  const before = (await readStackEvents(clients, name)).length;
  const { StackId } = await clients.cloudFormation.send(
    new UpdateStackCommand(await requestOf(clients, name, template, parameters, options)),
  );
  return waitForStatus(clients, name, StackId as string, 'UPDATE_COMPLETE', before, options);
}

export async function deleteStack(clients: AwsClients, name: string, options: StackOptions = {}): Promise<void> {
  const { id } = await describeStack(clients, name);
  const before = (await readStackEvents(clients, id)).length;
  await clients.cloudFormation.send(new DeleteStackCommand({ StackName: name }));
  await waitForStatus(clients, name, id, 'DELETE_COMPLETE', before, options);
}

/** The current stack; by its id it is found even after its deletion. */
export async function describeStack(clients: AwsClients, nameOrId: string): Promise<StackState> {
  const { Stacks } = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName: nameOrId }));
  const stack = Stacks?.[0] as Stack;
  const { StackResources } = await clients.cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: nameOrId }),
  );
  return {
    id: stack.StackId as string,
    status: stack.StackStatus as string,
    outputs: Object.fromEntries((stack.Outputs ?? []).map((output) => [output.OutputKey, output.OutputValue])),
    resources: Object.fromEntries((StackResources ?? []).map((resource) => [resource.LogicalResourceId, resource])),
  };
}

async function requestOf(
  clients: AwsClients,
  name: string,
  template: Template,
  parameters: Parameters,
  options: StackOptions,
): Promise<CreateStackCommandInput> {
  const body = JSON.stringify(template);
  return {
    StackName: name,
    ...(await placeTemplate(clients, name, body)),
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    ...(options.tags ? { Tags: Object.entries(options.tags).map(([Key, Value]) => ({ Key, Value })) } : {}),
  };
}

/** A template's text as a parameter; larger ones by URL. */
export async function placeTemplate(
  clients: AwsClients,
  name: string,
  body: string,
): Promise<{ TemplateBody: string } | { TemplateURL: string }> {
  return Buffer.byteLength(body) <= 51_200
    ? { TemplateBody: body }
    : { TemplateURL: await uploadTemplate(clients, name, body) };
}

async function uploadTemplate(clients: AwsClients, name: string, body: string): Promise<string> {
  await makeBucket(clients.endpoint, 'test-templates');
  return putObject(clients.endpoint, 'test-templates', `${name}.json`, body);
}

async function waitForStatus(
  clients: AwsClients,
  name: string,
  id: string,
  wanted: string,
  eventsBefore: number,
  options: StackOptions,
): Promise<StackState> {
  const deadline = Date.now() + (options.timeout ?? 240_000);
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 200)) {
    const state = await describeStack(clients, id);
    if (state.status === wanted) return state;
    if (!state.status.endsWith('_IN_PROGRESS') || Date.now() > deadline) {
      throw new StackFailure(name, state.status, (await readStackEvents(clients, id)).slice(eventsBefore));
    }
    await sleep(pause);
  }
}
