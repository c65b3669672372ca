// After the stack is complete, a run waits for machines and targets; a failure names its cause.

import { stabilizationTimeoutIn } from '../../src/deploy/stabilizationTimeout.ts';
import { type Clients, deploy, type ExecuteOptions, type StackInput } from '../../src/index.ts';
import { serviceError } from '../double/errors.ts';
import { type Harness, harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input } from '../double/scenarios.ts';
import type { Parts } from '../double/template.ts';

type Machines = NonNullable<Clients['machines']>;

const group = 'AWS::AutoScaling::AutoScalingGroup';
const targetGroup = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const small: Parts = { Web: { type: group, setting: '1' }, Targets: { type: targetGroup } };
const large: Parts = { ...small, Web: { type: group, setting: '5' } };

interface Fleet {
  desired: number;
  /** Number of existing machines after a number of polls. */
  readonly inService: (look: number) => number;
  readonly healthy?: (look: number) => number;
  readonly unused?: number;
}

/** One group behind one target group, whose machines start as the fleet says. */
function machinesOf(fleet: Fleet): Machines {
  let look = 0;
  return {
    sizes: async ([name = '']) => [
      { name, desired: fleet.desired, inService: fleet.inService(look++), targetGroups: ['targets-arn'] },
    ],
    group: async () => ({
      activities: ['Launching a new EC2 instance: no capacity left'],
      instances: ['i-1'],
      targetGroups: ['targets-arn'],
    }),
    targetHealth: async () => {
      const healthy = (fleet.healthy ?? fleet.inService)(look);
      return {
        healthy,
        total: fleet.inService(look),
        unused: fleet.unused ?? 0,
        reasons: healthy < fleet.desired ? ['i-1: initial'] : [],
      };
    },
    consoleTail: async () => ['panic: no root'],
  };
}

/** The double's target group has an id of its own, by which machines refer to it. */
function withTargets({ it }: Harness, machines: Machines): Machines {
  const arn = () =>
    it.stacks.flatMap((stack) => [...stack.resources.values()]).find((each) => each.type === targetGroup)?.physicalId ??
    '';
  return {
    ...machines,
    sizes: async (names) => (await machines.sizes(names)).map((each) => ({ ...each, targetGroups: [arn()] })),
  };
}

async function applied(parts: Parts, fleet: Fleet, options: ExecuteOptions = {}, before?: Parts) {
  const made = harness();
  if (before) await deployByOtherTool(made.it, before);
  const clients = { ...made.clients, machines: withTargets(made, machinesOf(fleet)) };
  const from = clients.clock.now();
  const run = await runToEnd(deploy(clients, input(parts) as StackInput, { waitForTargets: true, ...options }));
  return { ...run, took: clients.clock.now() - from };
}

test('a change of size alone succeeds only when each machine is in service and healthy', async () => {
  const fleet = {
    desired: 5,
    inService: (look: number) => Math.min(5, 1 + look),
    healthy: (look: number) => Math.min(5, look),
  };
  const { result, events } = await applied(large, fleet, {}, small);
  expect(result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_COMPLETE' });
  const told = events.flatMap((event) => (event.code === 'I2K826' ? [event.message] : []));
  expect(told[0]).toBe('1 of 5 machines are in service, 1 of 5 targets healthy.');
  expect(told.length).toBeGreaterThan(3);
});

test('machines that never start are a failure with its cause, after the time of a rolling update', async () => {
  const { result, took } = await applied(large, { desired: 5, inService: () => 3 }, {}, small);
  expect(result).toMatchObject({
    outcome: 'failed',
    reason: 'unhealthy',
    status: 'UPDATE_COMPLETE',
    cause: { logicalId: 'Web', type: group, reason: 'scaling: Launching a new EC2 instance: no capacity left' },
  });
  expect(result.message).toContain(
    '3 of 5 machines are in service, 3 of 5 targets healthy. No progress for 10 minutes: Web: scaling:',
  );
  expect(result.cause?.evidence).toContain('console i-1: panic: no root');
  expect(took).toBeLessThan(660_000);
});

test('targets that stay unhealthy are a failure; targets without a listener are not waited for', async () => {
  const sick = await applied(small, { desired: 2, inService: () => 2, healthy: () => 1 });
  expect(sick.result).toMatchObject({
    outcome: 'failed',
    reason: 'unhealthy',
    message: expect.stringContaining('1 of 2 targets healthy'),
  });
  const unused = await applied(small, { desired: 2, inService: () => 2, healthy: () => 0, unused: 2 });
  expect(unused.result.outcome).toBe('succeeded');
});

test('a run without changes waits as well: no changes does not mean that it serves', async () => {
  const good = await applied(small, { desired: 1, inService: (look) => (look > 2 ? 1 : 0) }, {}, small);
  expect(good.result).toMatchObject({ outcome: 'unchanged' });
  expect(good.events.some((event) => event.code === 'I2K826')).toBe(true);
  expect((await applied(small, { desired: 1, inService: () => 0 }, {}, small)).result).toMatchObject({
    outcome: 'failed',
    reason: 'unhealthy',
  });
});

test('the deadline and Ctrl-C leave a stack that is complete', async () => {
  const late = await applied(small, { desired: 2, inService: () => 1 }, { timeoutMs: 120_000 });
  expect(late.result).toMatchObject({
    outcome: 'running',
    reason: 'unhealthy',
    status: 'CREATE_COMPLETE',
    resume: expect.any(String),
  });
  const abort = new AbortController();
  const machines = machinesOf({ desired: 2, inService: () => 1 });
  const { clients } = harness({
    machines: {
      ...machines,
      sizes: async (names) => {
        abort.abort();
        return machines.sizes(names);
      },
    },
  });
  const left = await runToEnd(deploy(clients, input(small), { waitForTargets: true, signal: abort.signal }));
  expect(left.result).toMatchObject({ outcome: 'interrupted', message: expect.stringContaining('is complete, but') });
});

test('without the rights to check a run waits for nothing; after a passing error it checks again', async () => {
  const denied = serviceError('AccessDeniedException', 'no', 403);
  const throttled = serviceError('Throttling', 'Rate exceeded', 400);
  let looks = 0;
  const port = (fail: () => Error | undefined): Machines => {
    const fleet = machinesOf({ desired: 1, inService: () => 1 });
    const ask =
      <A extends readonly unknown[], T>(method: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        const error = fail();
        if (error) throw error;
        return method(...args);
      };
    return { ...fleet, sizes: ask(fleet.sizes), targetHealth: ask(fleet.targetHealth) };
  };
  const run = (machines: Machines) =>
    runToEnd(deploy(harness({ machines }).clients, input(small), { waitForTargets: true }));
  expect((await run(port(() => denied))).result.outcome).toBe('succeeded');
  expect((await run(port(() => (looks++ < 6 ? throttled : undefined)))).result.outcome).toBe('succeeded');
  expect(looks).toBeGreaterThan(6);
});

test("the limit without progress is the groups' longest progress deadline", () => {
  const template = (...deadlines: readonly unknown[]) =>
    JSON.stringify({
      Resources: Object.fromEntries(
        deadlines.map((seconds, index) => [`Web${index}`, { Metadata: { 'i2kit:progressDeadlineSeconds': seconds } }]),
      ),
    });
  expect(stabilizationTimeoutIn(template(15), ['Web0'])).toBe(15_000);
  expect(stabilizationTimeoutIn(template(15, 3_723), ['Web0', 'Web1'])).toBe(3_723_000);
  expect(stabilizationTimeoutIn(template(15, undefined), ['Web0', 'Web1'])).toBe(600_000);
  expect(stabilizationTimeoutIn(template('soon'), ['Web0'])).toBe(600_000);
  expect(stabilizationTimeoutIn('AWSTemplateFormatVersion: 2010-09-09', ['Web0'])).toBe(600_000);
});
