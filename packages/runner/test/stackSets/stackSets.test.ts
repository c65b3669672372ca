// Stack sets: which stacks are created, updated and deleted; the guards; and every fault at every call, judged by the
// true events.
import {
  type Clients,
  deployStackSet,
  destroyStackSet,
  exitCodeOf,
  isResult,
  type Result,
  type RunEvent,
  reviewStackSet,
  type StackSetInput,
  type StackSetOptions,
  type StackSetPort,
} from '../../src/index.ts';
import type { VirtualClock } from '../double/clock.ts';
import {
  accessDenied,
  connectionReset,
  connectionTimeout,
  expiredToken,
  hostNotFound,
  internalFailure,
  serviceUnavailable,
  throttlingError,
  tooManyRequests,
} from '../double/errors.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { type FakeStackSetAccount, newFakeStackSetAccount } from './fakeStackSets.ts';

const name = 'prod-shop';
const [one, two, three] = ['111111111111', '222222222222', '333333333333'] as const;
const templateOf = (setting: string, more: object = {}) =>
  JSON.stringify({ Resources: { Web: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: setting } }, ...more } });
const disk = (zone: string, size = 8) => ({
  Disk: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot', Properties: { AvailabilityZone: zone, Size: size } },
});

const input = (more: Partial<StackSetInput> = {}): StackSetInput => ({
  name,
  template: templateOf('a'),
  tags: { 'i2kit:app': 'shop' },
  regions: ['us-east-1', 'eu-west-1'],
  targets: { accounts: [one, two] },
  ...more,
});

function set() {
  const { clients, it } = harness();
  return { clients, world: newFakeStackSetAccount(it.clock) };
}

async function deploy(clients: Clients, port: StackSetPort, wanted: StackSetInput, options: StackSetOptions = {}) {
  const review = await reviewStackSet(clients, port, wanted, options);
  return { review, ...(await runToEnd(deployStackSet(clients, port, review, wanted, options))) };
}

const everywhere = (setting: string, places: readonly string[]) =>
  Object.fromEntries(places.map((place) => [place, setting]));
const all = [`${one}/us-east-1`, `${two}/us-east-1`, `${one}/eu-west-1`, `${two}/eu-west-1`];

test('it is made in the order of the regions, told stack by stack, and made once', async () => {
  const { clients, world } = set();
  const { review, result, events } = await deploy(clients, world.port, input());
  expect(review).toMatchObject({ kind: 'stack-set', create: [...all].sort(), update: [], remove: [] });
  expect(result).toMatchObject({ outcome: 'succeeded', message: expect.stringContaining('4 stacks') });
  expect(world.journal).toEqual(['CREATE SET', `CREATE ${all.join(',')}`]);
  expect(
    events.flatMap((event) =>
      event.code === 'I2K884' && event.data.status === 'SUCCEEDED'
        ? [`${event.data.account}/${event.data.region}`]
        : [],
    ),
  ).toEqual(all);
  expect((await deploy(clients, world.port, input())).result).toMatchObject({ outcome: 'unchanged' });
  expect(world.journal).toHaveLength(2);
});

test('a change reaches all stacks; a new region and a new account only what is missing; one that is given up goes', async () => {
  const { clients, world } = set();
  await deploy(clients, world.port, input());
  const next = input({ template: templateOf('b'), regions: ['us-east-1', 'eu-west-1', 'eu-north-1'] });
  const { review } = await deploy(clients, world.port, next);
  expect(review).toMatchObject({
    changed: ['template'],
    update: [...all].sort(),
    create: [`${one}/eu-north-1`, `${two}/eu-north-1`],
  });
  expect(world.journal.slice(2)).toEqual([`UPDATE ${all.join(',')}`, `CREATE ${one}/eu-north-1,${two}/eu-north-1`]);
  await deploy(clients, world.port, { ...next, targets: { accounts: [three, one, two] } });
  expect(world.journal.at(-1)).toBe(`CREATE ${three}/us-east-1,${three}/eu-west-1,${three}/eu-north-1`);
  const less = await deploy(clients, world.port, { ...next, targets: { accounts: [one] }, regions: ['us-east-1'] });
  expect(less.result.outcome).toBe('succeeded');
  expect(Object.keys(world.stacks(name))).toEqual([`${one}/us-east-1`]);
});

test('tags alone are a change', async () => {
  const { clients, world } = set();
  await deploy(clients, world.port, input());
  expect((await deploy(clients, world.port, input({ tags: { team: 'x' } }))).review).toMatchObject({
    changed: ['tags'],
  });
});

test('units of an organization: their accounts are found by CloudFormation', async () => {
  const { clients, world } = set();
  const wanted = input({ targets: { units: ['ou-prod'] } });
  expect((await deploy(clients, world.port, wanted)).result.outcome).toBe('succeeded');
  expect(Object.keys(world.stacks(name)).sort()).toEqual([...all].sort());
  expect((await deploy(clients, world.port, wanted)).result.outcome).toBe('unchanged');
  await deploy(clients, world.port, { ...wanted, targets: { units: ['ou-prod', 'ou-test'] } });
  expect(world.journal.at(-1)).toBe(`CREATE ${three}/us-east-1,${three}/eu-west-1`);
  const model = await deploy(clients, world.port, input());
  expect(model.result).toMatchObject({ outcome: 'refused', message: expect.stringContaining('SERVICE_MANAGED') });
});

describe('guards', () => {
  test('what was reviewed is what is executed', async () => {
    const { clients, world } = set();
    await deploy(clients, world.port, input());
    const review = await reviewStackSet(clients, world.port, input({ template: templateOf('b') }));
    expect(
      (await runToEnd(deployStackSet(clients, world.port, review, input({ template: templateOf('c') })))).result,
    ).toMatchObject({
      reason: 'changed-input',
    });
    await deploy(clients, world.port, input({ template: templateOf('other') }));
    expect(
      (await runToEnd(deployStackSet(clients, world.port, review, input({ template: templateOf('b') })))).result,
    ).toMatchObject({
      outcome: 'refused',
      reason: 'obsolete',
    });
    expect(Object.values(world.stacks(name))).toEqual(Array(4).fill(templateOf('other')));
  });

  test.each([
    ['a disk that goes', templateOf('b'), /Disk \(AWS::EC2::Volume, data\) would be deleted.*--allow-replace Disk/],
    ['a disk in another zone', templateOf('b', disk('b')), /Disk .* may be replaced/],
  ])('%s is not lost unasked', async (_, template, said) => {
    const { clients, world } = set();
    await deploy(clients, world.port, input({ template: templateOf('a', disk('a')) }));
    const { result } = await deploy(clients, world.port, input({ template }));
    expect([exitCodeOf(result), `${result.message} ${result.hint}`]).toEqual([4, expect.stringMatching(said)]);
    expect(world.journal).toHaveLength(2);
    expect((await deploy(clients, world.port, input({ template }), { allowReplace: ['Disk'] })).result.outcome).toBe(
      'succeeded',
    );
  });

  test('a larger disk is no loss; a region with disks is not given up unasked', async () => {
    const { clients, world } = set();
    await deploy(clients, world.port, input({ template: templateOf('a', disk('a')) }));
    const larger = input({ template: templateOf('a', disk('a', 16)) });
    expect((await deploy(clients, world.port, larger)).result.outcome).toBe('succeeded');
    const less = { ...larger, regions: ['us-east-1'] };
    const { result } = await deploy(clients, world.port, less);
    expect(result).toMatchObject({
      outcome: 'refused',
      reason: 'data',
      hint: expect.stringContaining(`--allow-replace ${one}/eu-west-1`),
    });
    expect(Object.keys(world.stacks(name))).toHaveLength(4);
    const asked = [`${one}/eu-west-1`, `${two}/eu-west-1`];
    expect((await deploy(clients, world.port, less, { allowReplace: asked })).result.outcome).toBe('succeeded');
  });

  test("another's operation is left alone", async () => {
    const { clients, world } = set();
    await deploy(clients, world.port, input());
    const theirs = { StackSetName: name, Accounts: [three], Regions: ['us-east-1'], OperationId: 'theirs' };
    const review = await reviewStackSet(clients, world.port, input({ template: templateOf('b') }));
    await world.port.createStackInstances(theirs);
    expect(
      (await runToEnd(deployStackSet(clients, world.port, review, input({ template: templateOf('b') })))).result,
    ).toMatchObject({
      outcome: 'refused',
      reason: 'busy',
    });
  });

  test('another account is not written to', async () => {
    const { clients, world } = set();
    const { result } = await deploy(clients, world.port, input({ expect: { account: '999999999999' } }));
    expect([exitCodeOf(result), world.journal]).toEqual([4, []]);
  });
});

describe('failures', () => {
  test('the reason of each stack is told, and the next run does what is not done', async () => {
    const { clients, world } = set();
    world.fails.set(`${two}/us-east-1`, 'ResourceLogicalId:Web, ResourceStatusReason:planted');
    const { result, events } = await deploy(clients, world.port, input());
    expect([exitCodeOf(result), result.message]).toEqual([
      3,
      expect.stringMatching(/222222222222\/us-east-1: .*planted/),
    ]);
    expect(events.filter(({ code }) => code === 'I2K885')).toHaveLength(1);
    world.fails.clear();
    expect((await deploy(clients, world.port, input())).result.outcome).toBe('succeeded');
    expect(world.stacks(name)).toEqual(everywhere(templateOf('a'), all));
  });

  test('within the tolerance the others go on, and it is still no success', async () => {
    const { clients, world } = set();
    world.fails.set(`${two}/us-east-1`, 'planted');
    const { result } = await deploy(clients, world.port, input({ preferences: { FailureToleranceCount: 1 } }));
    expect([exitCodeOf(result), result.message]).toEqual([3, expect.stringContaining('within the tolerance')]);
    expect(world.stacks(name)[`${one}/eu-west-1`]).toBe(templateOf('a'));
  });

  test('a stack that cannot be deleted keeps the set', async () => {
    const { clients, world } = set();
    await deploy(clients, world.port, input());
    world.fails.set(`${one}/eu-west-1`, 'planted');
    const { result } = await runToEnd(destroyStackSet(clients, world.port, { name }));
    expect([exitCodeOf(result), result.message]).toEqual([3, expect.stringContaining(`${one}/eu-west-1: planted`)]);
    world.fails.clear();
    expect((await runToEnd(destroyStackSet(clients, world.port, { name }))).result.outcome).toBe('succeeded');
    expect((await runToEnd(destroyStackSet(clients, world.port, { name }))).result.outcome).toBe('unchanged');
    expect(world.sets.size).toBe(0);
  });
});

test('detached, it goes on, and the same command watches the same operation', async () => {
  const { clients, world } = set();
  expect((await deploy(clients, world.port, input(), { detach: true })).result).toMatchObject({
    outcome: 'detached',
    resume: expect.any(String),
  });
  const { result, events } = await deploy(clients, world.port, input());
  expect(result.outcome).toBe('succeeded');
  expect(events.some(({ code }) => code === 'I2K814')).toBe(true);
  expect(world.journal).toHaveLength(2);
});

interface Scenario {
  readonly prepare: (clients: Clients, world: FakeStackSetAccount) => Promise<unknown>;
  readonly go: (clients: Clients, port: StackSetPort, options: StackSetOptions) => Promise<{ readonly result: Result }>;
  /** The final state, and the events on the way: each once. */
  readonly stacks: Readonly<Record<string, string>>;
  readonly journal: readonly string[];
}

const next = input({ template: templateOf('b'), regions: ['us-east-1', 'eu-north-1'] });
const moved = [`${one}/us-east-1`, `${two}/us-east-1`, `${one}/eu-north-1`, `${two}/eu-north-1`];
const made = async (clients: Clients, world: FakeStackSetAccount) => deploy(clients, world.port, input());
const scenarios: Readonly<Record<string, Scenario>> = {
  create: {
    prepare: async () => {},
    go: (clients, port, options) => deploy(clients, port, input(), options),
    stacks: everywhere(templateOf('a'), all),
    journal: ['CREATE SET', `CREATE ${all.join(',')}`],
  },
  'update, a region more, a region less': {
    prepare: made,
    go: (clients, port, options) => deploy(clients, port, next, options),
    stacks: everywhere(templateOf('b'), moved),
    journal: [
      `UPDATE ${all.join(',')}`,
      `CREATE ${one}/eu-north-1,${two}/eu-north-1`,
      `DELETE ${one}/eu-west-1,${two}/eu-west-1`,
    ],
  },
  'no-op': {
    prepare: made,
    go: (clients, port, options) => deploy(clients, port, input(), options),
    stacks: everywhere(templateOf('a'), all),
    journal: [],
  },
  destroy: {
    prepare: made,
    go: (clients, port, options) => runToEnd(destroyStackSet(clients, port, { name }, options)),
    stacks: {},
    journal: [
      `DELETE ${['eu-west-1', 'us-east-1'].flatMap((region) => [one, two].map((account) => `${account}/${region}`)).join(',')}`,
      'DELETE SET',
    ],
  },
};

type Fault = (hook: {
  effect(): Promise<unknown>;
  since: number;
  elapsed: number;
  abort(): void;
  refreshed(): boolean;
  api: string;
  aim: string;
  clock: VirtualClock;
}) => Promise<unknown>;
interface Row {
  readonly how: Fault;
  readonly exits: readonly number[];
  readonly refreshes?: true;
  /** Killed: run again after this many milliseconds. */
  readonly rerunAfterMs?: number;
  /** The next run gets an outdated list of operations. */
  readonly oldList?: true;
}
const never = new Promise<never>(() => {});
const times =
  (count: number, make: () => Error): Fault =>
  ({ since, effect }) =>
    since < count ? Promise.reject(make()) : effect();
const after =
  (make: () => Error): Fault =>
  ({ since, effect }) =>
    since === 0 ? effect().then(() => Promise.reject(make())) : effect();
const faults: Readonly<Record<string, Row>> = {
  'throttled five times': { how: times(5, throttlingError), exits: [0] },
  'HTTP 429': { how: times(1, tooManyRequests), exits: [0] },
  'HTTP 500': { how: times(1, internalFailure), exits: [0] },
  'HTTP 503 three times': { how: times(3, serviceUnavailable), exits: [0] },
  'connection reset before the effect': { how: times(1, connectionReset), exits: [0] },
  'connection reset after the effect': { how: after(connectionReset), exits: [0] },
  'timeout after the effect': { how: after(connectionTimeout), exits: [0] },
  'HTTP 500 after the effect': { how: after(internalFailure), exits: [0] },
  'sent twice by the network': {
    how: ({ since, effect }) => (since === 0 ? effect().then(effect) : effect()),
    exits: [0],
  },
  'network gone for three minutes': {
    how: ({ elapsed, effect }) => (elapsed < 180_000 ? Promise.reject(hostNotFound()) : effect()),
    exits: [0],
  },
  'network gone for good': { how: () => Promise.reject(hostNotFound()), exits: [3, 5] },
  'credentials expired, newer ones found': {
    how: ({ refreshed, effect }) => (refreshed() ? effect() : Promise.reject(expiredToken())),
    exits: [0],
    refreshes: true,
  },
  'credentials expired for good': { how: () => Promise.reject(expiredToken()), exits: [3, 5] },
  'access denied from here on': {
    how: ({ api, aim, effect }) => (api === aim ? Promise.reject(accessDenied(api)) : effect()),
    exits: [0, 3, 5],
  },
  'Ctrl-C before the call': {
    how: ({ since, abort, effect }) => {
      if (since === 0) abort();
      return effect();
    },
    exits: [130, 0],
  },
  'SIGKILL before the call, run again at once': { how: () => never, exits: [], rerunAfterMs: 0 },
  'SIGKILL after the effect, run again at once': {
    how: ({ effect }) => effect().then(() => never),
    exits: [],
    rerunAfterMs: 0,
  },
  'SIGKILL after the effect, run again at once, which is told of no new operation': {
    how: ({ effect }) => effect().then(() => never),
    exits: [],
    rerunAfterMs: 0,
    oldList: true,
  },
  'SIGKILL after the effect, run again in the midst': {
    how: ({ effect }) => effect().then(() => never),
    exits: [],
    rerunAfterMs: 30_000,
  },
  'SIGKILL after the effect, run again much later': {
    how: ({ effect }) => effect().then(() => never),
    exits: [],
    rerunAfterMs: 3_600_000,
  },
};

interface Played {
  readonly calls: readonly string[];
  readonly result: Result | undefined;
  readonly world: FakeStackSetAccount;
  readonly journal: () => readonly string[];
  readonly again: () => Promise<Result>;
}

async function play(scenario: Scenario, row: Row | undefined, target: number): Promise<Played> {
  let refreshed = false;
  const { clients, it } = harness(row?.refreshes ? { refreshCredentials: async () => (refreshed = true) } : {});
  const world = newFakeStackSetAccount(it.clock);
  await scenario.prepare(clients, world);
  const before = world.journal.length;
  const calls: string[] = [];
  const abort = new AbortController();
  let struckAt = 0;
  let since = 0;
  let old: Awaited<ReturnType<StackSetPort['listStackSetOperations']>> | undefined;
  let killed = (): void => {};
  const dead = new Promise<undefined>((resolve) => {
    killed = () => resolve(undefined);
  });
  const port = Object.fromEntries(
    Object.entries(world.port).map(([api, method]) => [
      api,
      async (given: never) => {
        it.clock.pass(40);
        const at = calls.push(api) - 1;
        const effect = () => (method as (given: never) => Promise<unknown>)(given);
        if (!row || at < target) return effect();
        if (at === target) struckAt = it.clock.now();
        if (at === target && row.oldList)
          old = await world.port.listStackSetOperations({ StackSetName: name }).catch(() => ({ Summaries: [] }));
        if (row.rerunAfterMs !== undefined && at === target) setImmediate(() => setImmediate(killed));
        const hook = {
          effect,
          since: since++,
          elapsed: it.clock.now() - struckAt,
          abort: () => abort.abort(),
          refreshed: () => refreshed,
          api,
          aim: calls[target] ?? '',
          clock: it.clock,
        };
        return row.how(hook);
      },
    ]),
  ) as unknown as StackSetPort;
  const result = await Promise.race([
    scenario.go(clients, port, { signal: abort.signal, timeoutMs: 1_200_000 }).then((each) => each.result),
    dead,
  ]);
  const again = async () => {
    await it.clock.sleep(Math.max(1, row?.rerunAfterMs ?? 3_600_000));
    const since = it.clock.now();
    const list: StackSetPort['listStackSetOperations'] = async (given) =>
      old && it.clock.now() < since + 15_000 ? old : world.port.listStackSetOperations(given);
    return (await scenario.go(clients, { ...world.port, listStackSetOperations: list }, { timeoutMs: 3_600_000 }))
      .result;
  };
  return { calls, result, world, journal: () => world.journal.slice(before), again };
}

describe.each(Object.entries(scenarios))('%s', (_, scenario) => {
  test.each(Object.keys(faults))('%s', async (fault) => {
    const row = faults[fault] as Row;
    const { calls } = await play(scenario, undefined, -1);
    for (const [target] of calls.entries()) {
      // A waiting run makes the same calls again and again: faults are at the first two and the last one of each
      // kind.
      const same = calls.flatMap((api, index) => (api === calls[target] ? [index] : []));
      if (![same[0], same[1], same.at(-1)].includes(target)) continue;
      const played = await play(scenario, row, target);
      const at = `call ${target}, ${calls[target]}`;
      if (row.rerunAfterMs === undefined)
        expect([at, row.exits]).toEqual([at, expect.arrayContaining([played.result && exitCodeOf(played.result)])]);
      if (played.result && exitCodeOf(played.result) === 0) {
        // I1: success only where it came true.
        expect([at, played.world.stacks(name)]).toEqual([at, scenario.stacks]);
      }
      if (/Nothing was started/.test(played.result?.message ?? '') && played.result?.outcome !== 'interrupted')
        expect([at, played.journal().filter((each) => !each.endsWith('SET'))]).toEqual([at, []]);
      // I3: the same command again repairs it, and each event happened once in all.
      const again = await played.again();
      expect([at, exitCodeOf(again), again.message]).toEqual([at, 0, expect.any(String)]);
      expect([at, played.world.stacks(name)]).toEqual([at, scenario.stacks]);
      expect([at, [...played.journal()].sort()]).toEqual([at, [...scenario.journal].sort()]);
    }
  });
});

test('there are as many cases as there should be', async () => {
  const counts = await Promise.all(
    Object.values(scenarios).map(async (scenario) => new Set((await play(scenario, undefined, -1)).calls).size),
  );
  expect(counts.reduce((sum, each) => sum + each, 0) * Object.keys(faults).length).toBeGreaterThan(400);
});

test('every stream ends in one result', async () => {
  const { clients, world } = set();
  const review = await reviewStackSet(clients, world.port, input());
  const events: RunEvent[] = [];
  for await (const event of deployStackSet(clients, world.port, review, input())) events.push(event);
  expect(events.filter(isResult)).toEqual([events.at(-1)]);
});
