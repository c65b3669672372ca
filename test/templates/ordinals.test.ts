// An ordinal's machine keeps its volume, address and name in the AWS emulator: scaled down and up, and replaced.
import { compile, type Lock } from '@i2kit/compiler';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { readStack } from '../awsEmulator/readStack.ts';
import { createStack, deleteStack, describeStack, updateStack } from '../awsEmulator/stack.ts';
import { examples } from './apps.ts';

let emulator: AwsEmulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
  await seedEnvironment(clients, 'default');
});

afterAll(async () => {
  await emulator?.stop();
});

const quorum = examples.find(({ name }) => name === 'quorum');
const text = quorum?.sources.find(({ name }) => name === 'store.yaml')?.text ?? '';

function compiled(change: (text: string) => string, lock: Lock | undefined, pruneVolumes = false) {
  // The tests' environment has two zones.
  const config = { region: 'eu-west-1', network: { zones: 2 } };
  const result = compile([{ name: 'store.yaml', text: change(text) }], {
    app: 'quorum',
    env: 'default',
    config,
    pruneVolumes,
    ...(lock && { lock }),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return { template: JSON.parse(JSON.stringify(result.stacks[0]?.template)) as object, lock: result.lock };
}

const image = 'ami-0123456789abcdef0';
const parameters = { StoreOfStatefulSetImage: image };
const other = { OtherOfStatefulSetImage: image };

/** Ids that have to stay, by logical id; and the addresses of the records. */
async function readIdentity() {
  const { resources } = await describeStack(clients, 'quorum');
  const ids = (type: string) =>
    Object.fromEntries(
      Object.entries(resources).flatMap(([id, { ResourceType, PhysicalResourceId }]) =>
        ResourceType === type ? [[id, PhysicalResourceId]] : [],
      ),
    );
  const { volumes, records, groups } = await readStack(clients, 'quorum');
  return {
    disks: ids('AWS::EC2::Volume'),
    interfaces: ids('AWS::EC2::NetworkInterface'),
    zones: Object.fromEntries(Object.entries(volumes).map(([id, { AvailabilityZone }]) => [id, AvailabilityZone])),
    addresses: Object.fromEntries(
      Object.values(records)
        .flat()
        .map(({ Name, Type, ResourceRecords }) => [`${Type} ${Name}`, ResourceRecords?.map(({ Value }) => Value)]),
    ),
    groups: Object.keys(groups).sort(),
  };
}

test('created, scaled down, scaled up, replaced: the same disks in the same zones, the same names and addresses', async () => {
  const first = compiled((same) => same, undefined);
  await createStack(clients, 'quorum', first.template, parameters);
  const made = await readIdentity();
  expect(Object.keys(made.disks)).toHaveLength(3);
  expect(new Set(Object.values(made.disks)).size).toBe(3);
  expect([...new Set(Object.values(made.zones))].sort()).toEqual(['eu-west-1a', 'eu-west-1b']);
  const own = [0, 1, 2].map((index) => made.addresses[`A store-${index}.members.default.svc.cluster.local.`]?.[0]);
  expect(new Set(own).size).toBe(3);
  expect(made.addresses['A members.default.svc.cluster.local.']).toEqual(own);
  expect(made.addresses['SRV _peer._tcp.members.default.svc.cluster.local.']).toEqual(
    [0, 1, 2].map((index) => `0 10 2380 store-${index}.members.default.svc.cluster.local.`),
  );

  const down = compiled((same) => same.replace('replicas: 3', 'replicas: 1'), first.lock);
  await updateStack(clients, 'quorum', down.template, parameters);
  const fewer = await readIdentity();
  expect(fewer.groups).toEqual(['StoreOfStatefulSet0Group']);
  expect(fewer.disks).toEqual(made.disks);
  expect(fewer.interfaces).toEqual({ StoreOfStatefulSet0Interface: made.interfaces['StoreOfStatefulSet0Interface'] });

  const up = compiled((same) => same, down.lock);
  expect(up.lock).toEqual(first.lock);
  await updateStack(clients, 'quorum', up.template, parameters);
  const again = await readIdentity();
  expect(again.groups).toHaveLength(3);
  expect(again.disks).toEqual(made.disks);
  expect(again.zones).toEqual(made.zones);

  const replaced = compiled((same) => same.replace('etcd:v3.6.5', 'etcd:v3.6.6'), up.lock);
  await updateStack(clients, 'quorum', replaced.template, parameters);
  const after = await readIdentity();
  expect(after).toEqual(again);

  // Under another name it is another StatefulSet; the data of the first remains.
  const renamed = compiled(
    (same) => same.replace('name: store\nspec:\n  serviceName', 'name: other\nspec:\n  serviceName'),
    replaced.lock,
  );
  await updateStack(clients, 'quorum', renamed.template, other);
  const both = await readIdentity();
  expect(both.disks).toMatchObject(made.disks);
  expect(Object.keys(both.disks)).toHaveLength(6);

  const pruned = compiled(
    (same) => same.replace('name: store\nspec:\n  serviceName', 'name: other\nspec:\n  serviceName'),
    renamed.lock,
    true,
  );
  await updateStack(clients, 'quorum', pruned.template, other);
  const left = await readIdentity();
  expect(Object.keys(left.disks)).toHaveLength(3);
  expect(Object.values(left.disks).filter((id) => Object.values(made.disks).includes(id))).toEqual([]);
  await deleteStack(clients, 'quorum');
});
