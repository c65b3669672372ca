// Compares the reported changes with the change sets of the AWS emulator for the same two templates.
import {
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { compareTemplates, type ResourceChange } from '@i2kit/review';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { createStack, deleteStack, placeTemplate } from '../awsEmulator/stack.ts';
import { pairs, templatesOf } from './pair.ts';

let emulator: AwsEmulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
  await seedEnvironment(clients, 'default');
});

afterAll(async () => {
  clients?.destroy();
  await emulator?.stop();
});

/** `Modify`, `Modify and replace`, `Add` or `Remove`, by logical id. */
type ChangeSetActions = Readonly<Record<string, string>>;

test.each(pairs)('%s', async (name, pair) => {
  const [before, after] = templatesOf(pair);
  const StackName = `pair-${name}`;
  await createStack(clients, StackName, before.template);
  try {
    const theirs = await readChangeSet(StackName, JSON.stringify(after.template));
    const ours: ChangeSetActions = Object.fromEntries(
      [...compareTemplates(before, after).changes].map(([id, change]) => [id, changeSetAction(change)]),
    );
    const ids = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
    const differences = ids.flatMap((id) =>
      ours[id] === theirs[id] ? [] : [`${id}: ${ours[id] ?? 'nothing'}, they say ${theirs[id] ?? 'nothing'}`],
    );
    expect(differences.sort()).toEqual(Object.keys(pair.otherwise ?? {}).sort());
  } finally {
    await deleteStack(clients, StackName);
  }
});

async function readChangeSet(StackName: string, template: string): Promise<ChangeSetActions> {
  const made = { StackName, ChangeSetName: 'after' };
  await clients.cloudFormation.send(
    new CreateChangeSetCommand({
      ...made,
      ...(await placeTemplate(clients, StackName, template)),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  // A change set without changes fails with this message.
  await waitUntilChangeSetCreateComplete({ client: clients.cloudFormation, maxWaitTime: 20, minDelay: 1 }, made).catch(
    () => undefined,
  );
  const { Changes = [] } = await clients.cloudFormation.send(new DescribeChangeSetCommand(made));
  return Object.fromEntries(
    Changes.map(({ ResourceChange: { LogicalResourceId = '', Action = '', Replacement } = {} }) => [
      LogicalResourceId,
      `${Action}${Replacement === 'True' ? ' and replace' : ''}`,
    ]),
  );
}

const changeSetAction = ({ action, replacement }: ResourceChange): string =>
  action === 'add' ? 'Add' : action === 'remove' ? 'Remove' : `Modify${replacement === 'will' ? ' and replace' : ''}`;
