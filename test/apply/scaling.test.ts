// A change of size alone: CloudFormation waits for no machine, so i2kit does, and explains why one does not start.
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';

const { emulator, clients, folder } = await startApp();

const stack = 'default-web';

const manifest = (replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  progressDeadlineSeconds: 15
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: 'example/web:1', ports: [{containerPort: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;

const words = (...flags: readonly string[]) => {
  const fixed = [
    'apply',
    '-f',
    'web.yaml',
    '--app',
    'web',
    '--region',
    'eu-west-1',
    '--image',
    'web=ami-0123456789abcdef0',
    '--yes',
  ];
  return [...fixed, ...flags];
};

test('a run ends when each machine is in service and serves, and not before', async () => {
  folder.write('web.yaml', manifest(1));
  expect((await folder.run(...words())).code).toBe(0);
  await emulator.setMachines('none');
  folder.write('web.yaml', manifest(3));
  const run = folder.start(...words());
  await run.waitForStderr('1 of 3 machines are in service, 1 of 3 targets healthy.');
  expect((await describeStack(clients, stack)).status).toBe('UPDATE_COMPLETE');
  expect(run.child.exitCode).toBe(null);
  await emulator.setMachines('sick');
  await run.waitForStderr('3 of 3 machines are in service, 0 of 3 targets healthy.');
  await emulator.setMachines('healthy');
  expect((await run.ended).code).toBe(0);
  expect((await readStack(clients, stack)).groups['WebGroup']?.Instances).toHaveLength(3);
});

test('the time that is over, and Ctrl-C, leave a complete stack and say so; a no-op looks again', async () => {
  await emulator.setMachines('none');
  folder.write('web.yaml', manifest(4));
  const late = await folder.run(...words('--timeout', '6s'));
  expect(late).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('Timed out. default-web is complete, but 3 of 4 machines'),
  });
  const again = folder.start(...words());
  await again.waitForStderr('3 of 4 machines are in service');
  again.child.kill('SIGINT');
  expect(await again.ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('Interrupted. default-web is complete, but'),
  });
  await emulator.setMachines('healthy');
  expect(await folder.run(...words())).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing to do') });
});

test('machines that cannot be had fail the run in the time that the manifest gives, with the reason that EC2 gives', async () => {
  await emulator.setMachines('none');
  folder.write('web.yaml', manifest(6));
  const { code, stderr } = await folder.run(...words());
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /4 of 6 machines are in service.*No progress for 15 seconds: WebGroup: scaling: .*InsufficientInstanceCapacity/,
  );
  expect((await describeStack(clients, stack)).status).toBe('UPDATE_COMPLETE');
});
