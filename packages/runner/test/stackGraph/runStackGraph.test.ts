// Several stacks: their order, how many at once, and the dependents that a failure stops.
import { success } from '@i2kit/common';
import { deploy, type RunEvent, runStackGraph, type StackGraphRun, type StackGraphSummary } from '../../src/index.ts';
import { reversedDependencies, stackOrderOf } from '../../src/stackGraph/runStackGraph.ts';
import { harness } from '../double/harness.ts';
import { templateOf } from '../double/template.ts';

const node = (stackName: string, ...dependsOn: string[]) => ({ stackName, dependsOn });

test('an order is found, or the reason why there is none', () => {
  expect(stackOrderOf([node('c', 'a', 'b'), node('b', 'a'), node('a')])).toEqual(success(['a', 'b', 'c']));
  expect(stackOrderOf([node('a', 'b'), node('b', 'a')])).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining('a, b') }],
  });
  expect(stackOrderOf([node('a', 'x')])).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining('x') }],
  });
  expect(stackOrderOf([node('a'), node('a')])).toMatchObject({ ok: false });
  expect(reversedDependencies([node('env'), node('app', 'env')])).toEqual([node('env', 'app'), node('app')]);
});

async function run(
  nodes: readonly StackGraphRun[],
  now: () => number,
  concurrency = 8,
): Promise<{ summary: StackGraphSummary; events: RunEvent[] }> {
  const events: RunEvent[] = [];
  for await (const event of runStackGraph(nodes, { now }, { concurrency })) events.push(event);
  const last = events.at(-1);
  if (last?.code !== 'I2K899') throw new Error('no summary');
  return { summary: last.data, events };
}

function plan(names: Readonly<Record<string, readonly string[]>>, failing: readonly string[]) {
  const { it, clients } = harness();
  let under = 0;
  const seen = { most: 0, begun: [] as string[] };
  const nodes = Object.entries(names).map(([stackName, dependsOn]) => ({
    stackName,
    dependsOn,
    async *start() {
      seen.begun.push(stackName);
      seen.most = Math.max(seen.most, ++under);
      const template = templateOf({
        Web: { type: 'AWS::SNS::Topic', ...(failing.includes(stackName) ? { fails: ['create'] } : {}) },
      });
      yield* deploy(clients, { stackName, template });
      under--;
    },
  }));
  return { nodes, seen, now: clients.clock.now, it };
}

test('each starts after its dependencies; a failure stops only its dependents', async () => {
  const { nodes, seen, now } = plan({ env: [], data: ['env'], web: ['data'], edge: ['web'], jobs: ['env'] }, ['data']);
  const { summary, events } = await run(nodes, now);
  expect(seen.begun).toEqual(['env', 'data', 'jobs']);
  expect(summary.outcome).toBe('failed');
  expect(summary.stacks.map((each) => [each.stackName, each.result?.outcome ?? each.stoppedBy])).toEqual([
    ['env', 'succeeded'],
    ['data', 'failed'],
    ['web', 'data'],
    ['edge', 'web'],
    ['jobs', 'succeeded'],
  ]);
  expect(summary.message).toBe('1 failed, 2 succeeded, 2 skipped');
  expect(events.filter((event) => event.code === 'I2K852')).toHaveLength(2);
});

test('no more than the limit at once', async () => {
  const names = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`s${index}`, []]));
  const { nodes, seen, now } = plan(names, []);
  const { summary } = await run(nodes, now, 3);
  expect(seen.most).toBe(3);
  expect(summary).toMatchObject({ outcome: 'succeeded', message: '12 succeeded' });
});

test('with an impossible order no stack starts', async () => {
  const { nodes, seen, now } = plan({ a: ['b'], b: ['a'] }, []);
  expect((await run(nodes, now)).summary.outcome).toBe('refused');
  expect(seen.begun).toEqual([]);
});

test('a bug in one stream is thrown on', async () => {
  const bad: StackGraphRun = {
    stackName: 'a',
    dependsOn: [],
    // biome-ignore lint/correctness/useYield: it throws before it could
    async *start() {
      throw new TypeError('a bug');
    },
  };
  await expect(run([bad], () => 0)).rejects.toThrow('a bug');
});
