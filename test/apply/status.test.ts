// `i2kit status`: machines with image and age, endpoints, and --watch until no operation is in progress.
import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';
import { createSlowStack } from '../fixtures/slowStack.ts';

const { clients, folder } = await startApp();

const stack = 'default-web';
const image = 'ami-0123456789abcdef0';

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example/web:1', ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

beforeAll(async () => {
  folder.write('web.yaml', manifests);
  const made = await folder.run(
    'apply',
    '-f',
    'web.yaml',
    '--app',
    'web',
    '--region',
    'eu-west-1',
    '--image',
    `web=${image}`,
    '--yes',
    '--detach',
  );
  expect(made.code).toBe(0);
  while ((await describeStack(clients, stack)).status !== 'CREATE_COMPLETE')
    await new Promise((resolve) => setTimeout(resolve, 50));
});

const status = (...argv: readonly string[]) => folder.run('status', ...argv, '--region', 'eu-west-1');

test('each machine has its image, address and age, where one looks closely', async () => {
  const Value = (await describeStack(clients, stack)).resources['WebGroup']?.PhysicalResourceId ?? '';
  const TagSpecifications = [
    { ResourceType: 'instance' as const, Tags: [{ Key: 'aws:autoscaling:groupName', Value }] },
  ];
  const { Instances = [] } = await clients.ec2.send(
    new RunInstancesCommand({ ImageId: image, MinCount: 1, MaxCount: 1, TagSpecifications }),
  );
  const id = Instances[0]?.InstanceId ?? '';
  const plain = await status(stack);
  expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Deployment\/default\/web {2}1 {8}1 /m) });
  expect(plain.stdout).not.toContain(id);
  const wide = await status(stack, '-o', 'wide');
  expect(wide.stdout).toMatch(/^MACHINE +WORKLOAD +STATE +HEALTH +AGE +ZONE +ADDRESS +IMAGE$/m);
  expect(wide.stdout).toMatch(
    new RegExp(
      `^${id} +Deployment/default/web +InService +Healthy +\\d+s +eu-west-1a +\\d+\\.\\d+\\.\\d+\\.\\d+ +${image}$`,
      'm',
    ),
  );
  expect(wide.stdout).toMatch(/^Service\/default\/web {2}web\.default\.svc\.cluster\.local$/m);
  const found = JSON.parse((await status(stack, '-o', 'json')).stdout);
  expect(found).toMatchObject({
    version: 1,
    status: 'CREATE_COMPLETE',
    endpoints: [{ object: 'Service/default/web', name: 'web.default.svc.cluster.local' }],
    workloads: [
      {
        object: 'Deployment/default/web',
        desired: 1,
        inService: 1,
        machines: [{ id, image, state: 'InService', launched: expect.any(String) }],
      },
    ],
  });
  await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
});

test('--watch ends once nothing is under way, and says what has changed', async () => {
  const finish = await createSlowStack(clients, 'slow', folder.cwd);
  const run = folder.start('status', 'slow', '--watch', '--region', 'eu-west-1');
  await run.waitForStdout('CREATE_IN_PROGRESS');
  finish();
  const { code, stdout } = await run.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^20\S+Z\nslow {2}CREATE_IN_PROGRESS\b.*\n20\S+Z\nslow {2}CREATE_COMPLETE\n$/);
  expect((await status('slow', '--watch')).stdout.split('\n')).toHaveLength(3);
});

test('one line of JSON for each change', async () => {
  const run = folder.start('status', 'slow', '-w', '-o', 'json', '--region', 'eu-west-1');
  expect(
    (await run.ended).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ version: 1, status: 'CREATE_COMPLETE' }]);
});

test('Ctrl-C is 130', async () => {
  await createSlowStack(clients, 'long', folder.cwd);
  const run = folder.start('status', 'long', '--watch', '--region', 'eu-west-1');
  await run.waitForStdout('CREATE_IN_PROGRESS');
  run.child.kill('SIGINT');
  expect((await run.ended).code).toBe(130);
  expect(await status('none', '--watch')).toMatchObject({ code: 3, stderr: 'error: There is no stack none.\n' });
});
