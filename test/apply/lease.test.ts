// Concurrent runs on one stack: a lease in the environment's bucket keeps them apart, and a name shared by two apps
// is refused.
import { setTimeout as sleep } from 'node:timers/promises';
import { SignalResourceCommand } from '@aws-sdk/client-cloudformation';
import { putObject } from '../awsEmulator/clients.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { createStack, describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';

const { emulator, clients, folder, environment } = await startApp({ signals: 'wait' });

const manifest = (value: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec:
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec: {containers: [{name: one, image: 'example/one:1', env: [{name: VALUE, value: ${value}}]}]}
`;

folder.write('one.yaml', manifest('first'));

const words = (app: string, env = 'default') => {
  const named = ['--app', app, '--env', env, '--region', 'eu-west-1', '--image', 'one=ami-0123456789abcdef0'];
  return ['apply', '-f', 'one.yaml', ...named, '--yes'];
};
const leaseKey = 'i2kit/default/leases/default-one.json';

async function readLease(): Promise<{ holder: string; until: number } | undefined> {
  const answer = await fetch(`${emulator.endpoint}/${environment.bucket}/${leaseKey}`);
  return answer.ok ? ((await answer.json()) as { holder: string; until: number }) : undefined;
}
const takeLease = (holder: string, ms: number) =>
  putObject(
    emulator.endpoint,
    environment.bucket,
    leaseKey,
    JSON.stringify({ id: holder, holder, since: Date.now(), until: Date.now() + ms }),
  );

async function sendSignal(stack: string): Promise<void> {
  const message = {
    StackName: stack,
    LogicalResourceId: 'OneGroup',
    UniqueId: `i-${Date.now()}`,
    Status: 'SUCCESS' as const,
  };
  while (!(await clients.cloudFormation.send(new SignalResourceCommand(message)).catch(() => undefined)))
    await sleep(50);
}

test('a run holds the lease by its name; killed at once, it keeps the same command from nothing', async () => {
  const killed = folder.start(...words('one'));
  await killed.waitForStderr('Executing change set');
  expect(await readLease()).toMatchObject({ holder: expect.stringMatching(/^\S+@\S+, process \d+$/) });
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await readLease()).toBeDefined();
  const again = folder.start(...words('one'));
  await again.waitForStderr('An earlier run of the same input is in progress');
  await sendSignal('default-one');
  expect((await again.ended).code).toBe(0);
});

test("a dead holder's lease runs out, one that is renewed refuses with the name of who has it", async () => {
  await takeLease('ann@build-7, process 1', 600_000);
  folder.write('one.yaml', manifest('second'));
  const patient = folder.start(...words('one'));
  await patient.waitForStderr('default-one is held by ann@build-7, process 1 since');
  // It has expired without being renewed.
  await takeLease('ann@build-7, process 1', 0);
  await patient.waitForStderr('Executing change set');
  await sendSignal('default-one');
  expect((await patient.ended).code).toBe(0);
  expect(await readLease()).toBeUndefined();

  await takeLease('bob@build-8, process 2', 600_000);
  folder.write('one.yaml', manifest('third'));
  const refused = folder.start(...words('one'));
  await refused.waitForStderr('Waiting to see whether that run is alive');
  await takeLease('bob@build-8, process 2', 600_000);
  const { code, stderr } = await refused.ended;
  expect([code, stderr]).toEqual([4, expect.stringContaining('held by bob@build-8, process 2')]);
  expect(stderr).toContain('Nothing was started');
  expect((await describeStack(clients, 'default-one')).status).toBe('UPDATE_COMPLETE');
});

test('a-b of c and a of b-c have one name, and the second is refused whatever it wants', async () => {
  await emulator.setSignals('auto');
  await seedEnvironment(clients, 'a-b');
  await seedEnvironment(clients, 'a');
  expect((await folder.run(...words('c', 'a-b'))).code).toBe(0);
  const before = await describeStack(clients, 'a-b-c');
  const taken =
    'The stack a-b-c already exists and is that of the app c in the environment a-b, not that of the app b-c in the environment a.';
  expect(await folder.run(...words('b-c', 'a'))).toMatchObject({ code: 4, stderr: expect.stringContaining(taken) });
  const naming = ['--app', 'b-c', '--env', 'a', '--region', 'eu-west-1'];
  expect(await folder.run('destroy', ...naming, '--yes')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(taken),
  });
  expect(await folder.run('recover', ...naming)).toMatchObject({ code: 4, stderr: expect.stringContaining(taken) });
  expect(await folder.run('cancel', ...naming)).toMatchObject({ code: 4, stderr: expect.stringContaining(taken) });
  expect(await describeStack(clients, 'a-b-c')).toEqual(before);
  await createStack(clients, 'default-made-by-hand', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  const strange = await folder.run(...words('made-by-hand'));
  expect(strange).toMatchObject({ code: 4, stderr: expect.stringContaining('not managed by i2kit, by its tags') });
});
