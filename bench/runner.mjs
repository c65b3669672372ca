// Measures the runner: the memory of 1,000 stacks, and 200 stacks at once beside a bare loop of the SDK with the same
// calls.
//
//     node bench/runner.mjs [--stacks 1000] [--parallel 200] [--rounds 3]
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { all, cloudFormationAdapter, deploy, systemClock } from '@i2kit/runner';
import { ensureTestTools } from '../scripts/testTools.mjs';
import { machine } from './machine.mjs';
import { median } from './measure.mjs';

const { values } = parseArgs({
  options: {
    stacks: { type: 'string', default: '1000' },
    parallel: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const concurrency = 8;
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function peer() {
  const { python } = await ensureTestTools();
  const child = spawn(python, [`${root}test/awsEmulator/server/peer.py`, '--with-parent'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const port = await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      const found = /"port": (\d+)/.exec(String(chunk))?.[1];
      if (found) resolve(found);
    });
  });
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

const template = JSON.stringify({
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'one' } } },
});

/** Deploys every stack. Returns the duration, the number of calls, and the peak memory. */
async function runner(endpoint, prefix, count) {
  const credentials = { accessKeyId: '123456789012', secretAccessKey: 'none' };
  const adapter = await cloudFormationAdapter({ region: 'eu-west-1', endpoint, credentials });
  const calls = new Map();
  const port = Object.fromEntries(
    Object.entries(adapter.port).map(([name, call]) => [
      name,
      (...args) => {
        calls.set(name, (calls.get(name) ?? 0) + 1);
        return call(...args);
      },
    ]),
  );
  const clients = {
    region: 'eu-west-1',
    cloudFormation: port,
    identity: { getCallerIdentity: async () => ({ Account: '123456789012' }) },
    clock: systemClock,
    random: Math.random,
  };
  const nodes = Array.from({ length: count }, (_, at) => {
    const stackName = `${prefix}-${at}`;
    return { stackName, dependsOn: [], start: () => deploy(clients, { stackName, template }) };
  });
  let most = 0;
  const cpu = process.cpuUsage();
  const started = performance.now();
  let outcome;
  for await (const event of all(nodes, systemClock, { concurrency })) {
    most = Math.max(most, process.memoryUsage.rss());
    if (event.code === 'I2K899') outcome = event.data.message;
  }
  const { user, system } = process.cpuUsage(cpu);
  adapter.close();
  return { ms: performance.now() - started, cpu: (user + system) / 1000, most: most / 2 ** 20, outcome, calls };
}

/** Makes the same calls, as often, with nothing around them: the cost of the endpoint and the SDK alone. */
async function bare(endpoint, prefix, count, calls) {
  const sdk = await import('@aws-sdk/client-cloudformation');
  const client = new sdk.CloudFormationClient({
    region: 'eu-west-1',
    endpoint,
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'none' },
    maxAttempts: 1,
  });
  const times = (name) => Math.max(0, Math.round((calls.get(name) ?? 0) / count));
  const cpu = process.cpuUsage();
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) {
        const StackName = `${prefix}-${next++}`;
        const absent = await client.send(new sdk.DescribeStacksCommand({ StackName })).catch(() => 1);
        const { Id } = await client.send(
          new sdk.CreateChangeSetCommand({
            StackName,
            ChangeSetName: 'one',
            ChangeSetType: 'CREATE',
            TemplateBody: template,
          }),
        );
        for (let i = 0; i < times('describeChangeSet'); i++)
          await client.send(new sdk.DescribeChangeSetCommand({ ChangeSetName: Id }));
        for (let i = 0; i < times('getTemplate'); i++)
          await client.send(new sdk.GetTemplateCommand({ ChangeSetName: Id, TemplateStage: 'Original' }));
        await client.send(new sdk.ExecuteChangeSetCommand({ ChangeSetName: Id }));
        for (let i = 0; i < times('describeStackEvents'); i++)
          await client.send(new sdk.DescribeStackEventsCommand({ StackName }));
        for (let i = absent; i < times('describeStacks'); i++)
          await client.send(new sdk.DescribeStacksCommand({ StackName }));
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  client.destroy();
  return { ms: performance.now() - started, cpu: (user + system) / 1000 };
}

console.log(`${machine()}\n`);
const count = Number(values.parallel);
const rounds = [];
let calls = new Map();
for (let round = 0; round < Number(values.rounds); round++) {
  const { endpoint, stop } = await peer();
  const ours = await runner(endpoint, `r${round}`, count);
  calls = ours.calls;
  rounds.push({ ours, theirs: await bare(endpoint, `b${round}`, count, ours.calls) });
  stop();
}
const of = (pick) => Math.round(median(rounds.map(pick)));
console.log(`${count} stacks, ${concurrency} at a time, medians of ${rounds.length} rounds: ${rounds[0].ours.outcome}`);
console.log(`  runner    ${of(({ ours }) => ours.ms)} ms, ${of(({ ours }) => ours.cpu)} ms of processor`);
console.log(`  bare SDK  ${of(({ theirs }) => theirs.ms)} ms, ${of(({ theirs }) => theirs.cpu)} ms of processor`);
console.log(
  `  ratio     ${median(rounds.map(({ ours, theirs }) => ours.ms / theirs.ms)).toFixed(2)} (budget 3), of processor ${median(rounds.map(({ ours, theirs }) => ours.cpu / theirs.cpu)).toFixed(2)}`,
);
console.log(`  calls a stack: ${[...calls].map(([name, n]) => `${name} ${(n / count).toFixed(1)}`).join(', ')}`);
const { endpoint, stop } = await peer();
const many = await runner(endpoint, 'many', Number(values.stacks));
stop();
console.log(
  `${values.stacks} stacks: ${many.outcome}; ${Math.round(many.most)} MB resident at most (budget 200), ${Math.round(many.ms / 1000)} s`,
);
process.exit(0);
