// Reading logs: every matching line once, in order of time, despite errors; and the consoles of machines without
// logs.
import { type Clients, type LogsInput, type RunEvent, readLogs } from '../../src/index.ts';
import { logStreamNameOf, matchesWorkload, streamPrefixOf } from '../../src/logs/sources.ts';
import { epoch } from '../double/clock.ts';
import { accessDenied, expiredToken, throttlingError } from '../double/errors.ts';
import { findStack } from '../double/fakeAccount.ts';
import { type FakeLogs, fakeLogs } from '../double/fakeLogs.ts';
import { type Harness, harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, stackName } from '../double/scenarios.ts';

const one = 'i-0aaaaaaaaaaaaaaaa';
const two = 'i-0bbbbbbbbbbbbbbbb';

interface Place extends Harness {
  readonly double: FakeLogs;
  /** Names of log groups by their logical ids. */
  readonly group: Readonly<Record<string, string>>;
  readonly consoles: Record<string, readonly string[]>;
  readonly now: number;
}

/** A stack of two workloads; web has the given machines. */
async function place(machines: readonly string[] = [], more: Partial<Clients> = {}): Promise<Place> {
  const double = fakeLogs();
  const consoles: Place['consoles'] = {};
  const port: Clients['machines'] = {
    sizes: async () => [],
    group: async (name) => ({
      activities: [],
      instances: name.startsWith('webgroup') ? machines : [],
      targetGroups: [],
    }),
    targetHealth: async () => ({ healthy: 0, total: 0, reasons: [] }),
    consoleTail: async (id, options) => (consoles[id] ?? []).slice(-(options?.lines ?? 20)),
  };
  const made = harness({ logs: double, machines: port, ...more });
  const parts = {
    WebGroup: { type: 'AWS::AutoScaling::AutoScalingGroup' },
    WebLogs: { type: 'AWS::Logs::LogGroup' },
    DbLogs: { type: 'AWS::Logs::LogGroup' },
  };
  await deployByOtherTool(made.it, parts);
  const stack = findStack(made.it, stackName);
  if (!stack) throw new Error('no stack');
  const of = {
    WebGroup: 'Deployment/default/web#/spec/replicas',
    WebLogs: 'Deployment/default/web',
    DbLogs: 'StatefulSet/default/db',
  };
  const template = JSON.parse(stack.template) as { Resources: Record<string, object> };
  const Resources = Object.entries(of).map(([id, origin]) => [
    id,
    { ...template.Resources[id], Metadata: { 'i2kit:origin': origin } },
  ]);
  stack.template = JSON.stringify({ Resources: Object.fromEntries(Resources) });
  const group = Object.fromEntries([...stack.resources.values()].map((each) => [each.logicalId, each.physicalId]));
  for (const id of ['WebLogs', 'DbLogs']) double.make(group[id] ?? '');
  return { ...made, double, group, consoles, now: made.clients.clock.now() };
}

const read = (at: Place, input: Partial<LogsInput> = {}) =>
  runToEnd(readLogs(at.clients, { stackName, since: epoch, ...input }));
const texts = (events: readonly RunEvent[]) =>
  events.flatMap((each) => (each.code === 'I2K871' ? [each.data.text] : []));
const web = `web-${one.slice(2)}/main`;

/** Lines of two workloads, alternating. */
function interleaved(at: Place): readonly string[] {
  for (let i = 0; i < 9; i++) {
    const db = i % 2 === 0;
    at.double.write(at.group[db ? 'DbLogs' : 'WebLogs'] ?? '', db ? 'db-0/main' : web, at.now + i * 1_000, `line ${i}`);
  }
  return Array.from({ length: 9 }, (_, i) => `line ${i}`);
}

test('streams are named as the agent names them', () => {
  expect(streamPrefixOf('Deployment/default/web', one)).toBe('web-0aaaaaaaaaaaaaaaa/');
  expect(logStreamNameOf(web)).toEqual({ pod: 'web-0aaaaaaaaaaaaaaaa', container: 'main', machine: one });
  expect(logStreamNameOf('db-0/@agent')).toEqual({ pod: 'db-0', container: '@agent' });
});

test.each(['web', 'deployment/web', 'deployments/web', 'deploy/web', 'Deployment/default/web'])(
  '%s means a Deployment',
  (asked) => {
    expect(matchesWorkload('Deployment/default/web', asked)).toBe(true);
    expect(matchesWorkload('Deployment/other/webs', asked)).toBe(false);
  },
);

test('groups are merged by time, over pages and empty pages', async () => {
  const at = await place();
  const lines = interleaved(at);
  const { result, events } = await read(at);
  expect(texts(events)).toEqual(lines);
  expect(result).toMatchObject({ outcome: 'succeeded', message: '9 lines.' });
  expect(events.find((each) => each.code === 'I2K871')?.data).toEqual({
    object: 'StatefulSet/default/db',
    pod: 'db-0',
    container: 'main',
    at: at.now,
    text: 'line 0',
  });
});

test('throttling and expired credentials that can be renewed cost no line', async () => {
  const at = await place([], { refreshCredentials: async () => true });
  const lines = interleaved(at);
  at.double.faults.push(throttlingError(), throttlingError(), expiredToken());
  const { result, events } = await read(at);
  expect(texts(events)).toEqual(lines);
  expect(result.outcome).toBe('succeeded');
  expect(events.filter((each) => each.code === 'I2K861')).toHaveLength(2);
  expect(events.some((each) => each.code === 'I2K862')).toBe(true);
});

test('who may not read is told so', async () => {
  const at = await place();
  at.double.faults.push(accessDenied('FilterLogEvents'));
  expect((await read(at)).result).toMatchObject({ outcome: 'failed', reason: 'denied' });
});

test.each([
  [{ tail: 3 }, ['line 6', 'line 7', 'line 8']],
  [{ workload: 'db', tail: 2 }, ['line 6', 'line 8']],
  [{ workload: 'web' }, ['line 1', 'line 3', 'line 5', 'line 7']],
  [{ container: 'other' }, []],
  [{ machine: one }, ['line 1', 'line 3', 'line 5', 'line 7']],
  [{ machine: two, container: 'main' }, []],
])('%j', async (input, expected) => {
  const at = await place();
  interleaved(at);
  expect(texts((await read(at, input)).events)).toEqual(expected);
});

test('the tail is read from the end', async () => {
  const at = await place();
  for (let i = 0; i < 100; i++) at.double.write(at.group['WebLogs'] ?? '', web, at.now + i, `${i}`);
  const before = at.double.calls.length;
  expect(texts((await read(at, { workload: 'web', tail: 2 })).events)).toEqual(['98', '99']);
  expect(at.double.calls.slice(before).filter(({ action }) => action === 'FilterLogEvents')).toHaveLength(1);
});

test('a workload that is not there is bad input, and says which there are', async () => {
  const { result } = await read(await place(), { workload: 'wbe' });
  expect(result).toMatchObject({
    outcome: 'failed',
    reason: 'unknown',
    hint: 'Existing workloads: Deployment/default/web, StatefulSet/default/db.',
  });
});

test.each(['db-1', 'pod/db-1', 'po/default/db-1'])('%s is one ordinal of a StatefulSet', async (workload) => {
  const at = await place();
  for (const ordinal of [0, 1, 10])
    at.double.write(at.group['DbLogs'] ?? '', `db-${ordinal}/main`, at.now, `of ${ordinal}`);
  expect(texts((await read(at, { workload })).events)).toEqual(['of 1']);
  expect((await read(at, { workload: 'pod/other/db-1' })).result).toMatchObject({
    outcome: 'failed',
    reason: 'unknown',
  });
});

test('lines are followed: those that come late too, each once, and nothing that the tail left out', async () => {
  const at = await place();
  const group = at.group['WebLogs'] ?? '';
  const abort = new AbortController();
  for (let i = 0; i < 5; i++) at.double.write(group, web, at.now + i, `old ${i}`);
  at.it.clock.after(5_000, () => at.double.write(group, web, at.now + 5_000, 'new'));
  at.it.clock.after(20_000, () => at.double.write(group, `web-${two.slice(2)}/main`, at.now + 4_000, 'late'));
  at.it.clock.after(30_000, () => at.double.faults.push(throttlingError(), throttlingError()));
  at.it.clock.after(90_000, () => at.double.write(group, web, at.now + 90_000, 'newest'));
  at.it.clock.after(200_000, () => abort.abort());
  const { result, events } = await runToEnd(
    readLogs(
      at.clients,
      { stackName, since: epoch, workload: 'web', tail: 2, follow: true },
      { signal: abort.signal, timeoutMs: 1 },
    ),
  );
  expect(texts(events)).toEqual(['old 3', 'old 4', 'new', 'late', 'newest']);
  expect(result).toMatchObject({ outcome: 'interrupted' });
  // Each poll reads only the last minute.
  const looks = at.double.calls.flatMap(({ input }) => ('startTime' in input ? [Number(input.startTime)] : []));
  expect(looks.at(-1)).toBe(at.now + 30_000);
});

test('following ends by itself where the logs are deleted', async () => {
  const at = await place();
  at.it.clock.after(10_000, () => at.double.drop(at.group['WebLogs'] ?? ''));
  const { result, events } = await read(at, { workload: 'web', follow: true });
  expect(events.some((each) => each.code === 'I2K873')).toBe(true);
  expect(result.outcome).toBe('unchanged');
});

test('the console of a machine that has written nothing is said, and of no other', async () => {
  const at = await place([one, two]);
  at.double.write(at.group['WebLogs'] ?? '', web, at.now, 'here I am');
  at.consoles[two] = ['booting', 'panic'];
  const { events } = await read(at);
  expect(events.filter((each) => each.code === 'I2K872').map((each) => each.data)).toEqual([
    { object: 'Deployment/default/web', machine: two, because: 'silent', lines: ['booting', 'panic'] },
  ]);
});

test('consoles are shown when asked for; of a machine that is gone, too', async () => {
  const at = await place([one]);
  at.consoles[one] = ['a', 'b', 'c'];
  const asked = async (input: Partial<LogsInput>) =>
    (await read(at, { console: true, ...input })).events.flatMap((each) => (each.code === 'I2K872' ? [each.data] : []));
  expect(await asked({ tail: 2 })).toMatchObject([{ machine: one, because: 'asked', lines: ['b', 'c'] }]);
  expect(await asked({ machine: two })).toEqual([{ machine: two, because: 'asked', lines: [] }]);
});
