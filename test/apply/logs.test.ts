// `i2kit logs` against log groups of a stack, written to as the agent does.
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack } from '../awsEmulator/stack.ts';
import { startApp } from '../fixtures/app.ts';

const { clients, folder } = await startApp();

let machines: readonly string[];
const written = Date.now() - 30_000;

const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: `example/${name}:1` }] },
    },
  },
});

async function logGroupOf(id: string): Promise<string> {
  return (await describeStack(clients, 'default-logs')).resources[id]?.PhysicalResourceId ?? '';
}

async function writeLog(
  id: string,
  stream: string,
  ...lines: readonly (readonly [after: number, message: string])[]
): Promise<void> {
  const logGroupName = await logGroupOf(id);
  await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: stream })).catch(() => {});
  const logEvents = lines.map(([after, message]) => ({ timestamp: written + after, message }));
  await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: stream, logEvents }));
}

/** A machine of a group with the given console output. */
async function bootMachine(id: string, console: string): Promise<string> {
  const Tags = [
    { Key: 'aws:autoscaling:groupName', Value: await logGroupOf(id) },
    { Key: 'console', Value: console },
  ];
  const { Instances = [] } = await clients.ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: 'instance', Tags }],
    }),
  );
  return Instances[0]?.InstanceId ?? '';
}

const logs = (...argv: readonly string[]) => folder.run('logs', ...argv, '--app', 'logs', '--region', 'eu-west-1');

beforeAll(async () => {
  folder.write(
    'logs.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [deployment('web'), deployment('worker')] }),
  );
  const images = ['web', 'worker'].flatMap((name) => ['--image', `${name}=ami-0123456789abcdef0`]);
  const made = await folder.run(
    'apply',
    '-f',
    'logs.json',
    '--app',
    'logs',
    '--region',
    'eu-west-1',
    '--yes',
    ...images,
  );
  expect(made.code).toBe(0);
  expect(Object.keys((await readStack(clients, 'default-logs')).groups)).toEqual(['WebGroup', 'WorkerGroup']);
  machines = [await bootMachine('WebGroup', 'web is up'), await bootMachine('WorkerGroup', 'booting\nKernel panic')];
  const web = `web-${machines[0]?.slice(2)}`;
  await writeLog(
    'WebLogs',
    `${web}/main`,
    [0, 'GET /'],
    [2_000, 'GET /\u001b[31mred\u001b[0m\u0007'],
    ...Array.from({ length: 9 }, (_, i) => [3_000 + i, `${i}`] as const),
  );
  await writeLog('WebLogs', `${web}/@agent`, [1_000, 'ready']);
});

test('lines of all containers in order of time, and the console of the machine that never came up', async () => {
  const { code, stdout, stderr } = await logs();
  const web = `web-${machines[0]?.slice(2)}`;
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    `${web}/main GET /`,
    `${web}/@agent ready`,
    `${web}/main GET /red\\u0007`,
    ...Array.from({ length: 9 }, (_, i) => `${web}/main ${i}`),
    `${machines[1]}/console booting`,
    `${machines[1]}/console Kernel panic`,
    '',
  ]);
  expect(stderr).toBe(`warning: ${machines[1]} of Deployment/default/worker has written no log; its console says\n`);
});

test.each([
  [['deployment/web', '--tail', '2'], '7\n8\n'],
  [['web', '--container', '@agent', '--timestamps'], `${new Date(written + 1_000).toISOString()} ready\n`],
])('%j', async (argv, expected) => {
  const { code, stdout } = await logs(
    ...argv,
    '--machine',
    machines[0] ?? '',
    '-c',
    argv.includes('@agent') ? '@agent' : 'main',
  );
  expect([code, stdout]).toEqual([0, expected]);
});

test('each line is one of JSON, exactly as it was written', async () => {
  const { stdout } = await logs('web', '-o', 'json');
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(12);
  expect(rows[2]).toEqual({
    v: 1,
    at: new Date(written + 2_000).toISOString(),
    object: 'Deployment/default/web',
    machine: machines[0],
    pod: `web-${machines[0]?.slice(2)}`,
    container: 'main',
    message: 'GET /\u001b[31mred\u001b[0m\u0007',
  });
  expect(JSON.parse((await logs('worker', '--console', '--tail', '1', '-o', 'json')).stdout)).toEqual({
    v: 1,
    object: 'Deployment/default/worker',
    machine: machines[1],
    console: 'asked',
    message: 'Kernel panic',
  });
});

test('-f goes on until Ctrl-C, which is 130 and says nothing', async () => {
  const run = folder.start('logs', 'web', '-f', '--tail', '1', '--app', 'logs', '--region', 'eu-west-1');
  await run.waitForStdout('8\n');
  await writeLog('WebLogs', `web-${machines[0]?.slice(2)}/main`, [40_000, 'news']);
  await run.waitForStdout('news\n');
  run.child.kill('SIGINT');
  const { code, stdout, stderr } = await run.ended;
  expect([code, stderr]).toEqual([130, '']);
  expect(stdout.trim().split('\n')).toHaveLength(2);
});

test('what is not there is said', async () => {
  expect(await logs('wbe')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Existing workloads: Deployment/default/web, Deployment/default/worker'),
  });
  expect(await logs('web', '--since', '1h', '-c', 'nothing')).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'No matching lines.\n',
  });
  expect(await folder.run('logs', '--app', 'other', '--region', 'eu-west-1')).toMatchObject({
    code: 3,
    stderr: 'error: There is no stack default-other.\n',
  });
});

test.each([
  [['--since', 'yesterday'], "--since takes 90s, 10m or 2h; got 'yesterday'."],
  [['--tail', '0'], '--tail takes a number'],
  [['--machine', 'web'], '--machine takes the id'],
  [['--console', '-f'], '--console shows all'],
  [['-f', 'logs.json', 'web'], "'logs' takes one operand"],
])('%j is wrong usage', async (argv, said) => {
  expect(await logs(...argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});
