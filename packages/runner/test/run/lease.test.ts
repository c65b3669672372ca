// The lease: it stops the second run early, names its holder, is renewed, released, and expires after a kill.
import { type Clients, deploy, destroy, execute, isResult, reviewDestroy, reviewStack } from '../../src/index.ts';
import { serviceError } from '../double/errors.ts';
import { fakeBucket } from '../double/fakeBucket.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input, parts, stackName } from '../double/scenarios.ts';

const after = input(parts.after);
const key = `leases/${stackName}.json`;
const lease = (holder: string) => ({ ms: 60_000, holder });

/** A prepared account, and clients of it with its bucket. */
async function prepared(
  port: (bucket: NonNullable<Clients['bucket']>) => NonNullable<Clients['bucket']> = (bucket) => bucket,
) {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  return { it, clients: { ...clients, bucket: port(fakeBucket(it.bucket)) } };
}

test('it is held while the run waits, renewed, and released', async () => {
  const { it, clients } = await prepared();
  const slow = input({
    ...parts.after,
    Web: { type: 'AWS::AutoScaling::AutoScalingGroup', setting: '3', ms: 300_000 },
  });
  const untils = new Set<number>();
  for await (const event of deploy(clients, slow, { lease: lease('alice@laptop, process 1') })) {
    const held = JSON.parse(it.bucket.get(key) ?? '{"until":0}') as { holder?: string; until: number };
    if (held.holder) expect(held).toMatchObject({ holder: 'alice@laptop, process 1' });
    if (event.code === 'I2K821' && event.data.status === 'UPDATE_COMPLETE') untils.add(held.until);
    if (event.code === 'I2K813') untils.add(held.until);
    if (isResult(event)) expect(event.data.outcome).toBe('succeeded');
  }
  // Renewed: at the end it was valid for longer than at the beginning, by more than one turn.
  expect(Math.max(...untils) - Math.min(...untils)).toBeGreaterThan(200_000);
  expect(it.bucket.has(key)).toBe(false);
});

test('a running holder is named, and stops others; a deletion too', async () => {
  const { it, clients } = await prepared();
  const alive = () => {
    const now = clients.clock.now();
    it.bucket.set(key, JSON.stringify({ id: 'x', holder: 'bob@build-7, process 2', since: now, until: now + 60_000 }));
    it.clock.after(30_000, alive);
  };
  alive();
  const refused = {
    outcome: 'refused',
    reason: 'leased',
    message: expect.stringContaining('held by bob@build-7, process 2 since'),
  };
  expect(
    (await runToEnd(execute(clients, await reviewStack(clients, after), { lease: lease('alice') }))).result,
  ).toMatchObject(refused);
  const doomed = await reviewDestroy(clients, { stackName });
  expect((await runToEnd(destroy(clients, doomed, { lease: lease('alice') }))).result).toMatchObject(refused);
  expect(it.journal.filter((fact) => fact.kind === 'delete-begun')).toEqual([]);
});

test('a killed run delays the next one by at most the length of a lease', async () => {
  const { it, clients } = await prepared();
  const now = clients.clock.now();
  it.bucket.set(key, JSON.stringify({ id: 'x', holder: 'dead', since: now, until: now + 60_000 }));
  const { result, events } = await runToEnd(deploy(clients, after, { lease: lease('alice') }));
  expect(result.outcome).toBe('succeeded');
  expect(events.find((event) => event.code === 'I2K817')?.message).toContain('is held by dead since');
  const executed = it.journal.find((fact) => fact.kind === 'executed' && fact.token.startsWith('i2kit-'))?.at ?? 0;
  expect(executed).toBeGreaterThan(now + 59_000);
  // One poll and the calls before the execution may follow; a second lease may not.
  expect(executed).toBeLessThan(now + 80_000);
});

test('of two at the same moment one gets it', async () => {
  const { it, clients } = await prepared();
  const first = await reviewStack(clients, after);
  const second = await reviewStack(clients, input(parts.broken));
  const both = await Promise.all([
    runToEnd(execute(clients, first, { lease: lease('one') })),
    runToEnd(execute(clients, second, { lease: lease('two') })),
  ]);
  expect(both.map(({ result }) => result.outcome).sort()).toEqual(['refused', 'succeeded']);
  expect(it.journal.filter((fact) => fact.kind === 'executed' && fact.token.startsWith('i2kit-'))).toHaveLength(1);
});

test('it is optional: a bucket without write access, or out of reach, stops no run', async () => {
  for (const fault of [serviceError('AccessDenied', 'no', 403), serviceError('InternalError', 'oh', 500)]) {
    const { clients } = await prepared((bucket) => ({ ...bucket, put: () => Promise.reject(fault) }));
    const { result, events } = await runToEnd(deploy(clients, after, { lease: lease('alice') }));
    expect(result.outcome).toBe('succeeded');
    expect(events.filter((event) => event.code === 'I2K818')).toHaveLength(1);
  }
});

test('a lease lost during sleep is not taken from its new holder', async () => {
  const { it, clients } = await prepared();
  for await (const event of deploy(clients, after, { lease: lease('alice') })) {
    if (event.code !== 'I2K813') continue;
    it.clock.pass(120_000);
    it.bucket.set(key, JSON.stringify({ id: 'y', holder: 'bob', since: 0, until: clients.clock.now() + 600_000 }));
  }
  expect(it.bucket.get(key)).toContain('bob');
});
