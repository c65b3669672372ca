// Waiting for others, cancelling, destroying, large templates, and leases.
import { type Clients, cancel, deploy, destroy, execute, review, reviewDestroy, wait } from '../src/index.ts';
import { service } from './double/errors.ts';
import { ended, harness } from './double/harness.ts';
import { deployed, input, parts, stackName } from './double/scenarios.ts';
import { stackBy } from './double/world.ts';

const after = input(parts.after);

async function underWay() {
  const { it, clients } = harness();
  await deployed(it, parts.before);
  await ended(deploy(clients, after, { detach: true }));
  return { it, clients };
}

test('another run is waited for, and a stack at rest answered at once', async () => {
  const { clients } = await underWay();
  expect((await ended(wait(clients, { stackName }))).result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_COMPLETE' });
  expect((await ended(wait(clients, { stackName }))).result).toMatchObject({ outcome: 'unchanged' });
});

test('an update is cancelled, and nothing else', async () => {
  const { it, clients } = await underWay();
  await clients.clock.sleep(1_000);
  expect((await ended(cancel(clients, { stackName }))).result).toMatchObject({ outcome: 'succeeded', status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect((await ended(cancel(clients, { stackName }))).result).toMatchObject({ outcome: 'refused' });
  expect(stackBy(it, stackName)?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('a Ctrl-C that cancels waits for the rollback, and is still an interruption', async () => {
  const { it, clients } = harness();
  await deployed(it, parts.before);
  const abort = new AbortController();
  it.clock.after(7_000, () => abort.abort());
  const { result } = await ended(deploy(clients, after, { signal: abort.signal, cancelOnInterrupt: true }));
  expect(result).toMatchObject({
    outcome: 'interrupted',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    message: expect.stringContaining('cancelled and rolled back'),
  });
});

test('what a deletion takes and what it leaves is reviewed; only that incarnation goes', async () => {
  const { it, clients } = harness();
  await deployed(it, parts.before);
  const made = await reviewDestroy(clients, { stackName });
  if (made.kind !== 'present') throw new Error(made.kind);
  expect(made.keeps).toMatchObject([{ logicalId: 'Disk', policy: 'Retain', worth: 'data' }]);
  expect(made.deletes.map((each) => each.logicalId)).toEqual(['Net', 'Web', 'Old']);
  expect((await ended(destroy(clients, made))).result).toMatchObject({ outcome: 'succeeded', status: 'DELETE_COMPLETE' });
  await deployed(it, parts.before);
  expect((await ended(destroy(clients, made))).result).toMatchObject({ outcome: 'unchanged' });
  expect(stackBy(it, stackName)?.status).toBe('CREATE_COMPLETE');
});

test('a protected stack, and one at work, are not deleted', async () => {
  const { it, clients } = await underWay();
  const made = await reviewDestroy(clients, { stackName });
  expect((await ended(destroy(clients, made))).result).toMatchObject({ outcome: 'refused', reason: 'busy' });
  await clients.clock.sleep(600_000);
  const stack = stackBy(it, stackName);
  if (stack) stack.isProtected = true;
  expect((await ended(destroy(clients, made))).result).toMatchObject({ outcome: 'refused', reason: 'protected' });
});

/** A bucket in memory, with conditional puts. */
function bucket() {
  const objects = new Map<string, string>();
  const port: NonNullable<Clients['bucket']> = {
    name: 'env-bucket',
    url: (key) => `https://env-bucket.s3.eu-west-1.amazonaws.com/${key}`,
    put: async ({ Key, Body, IfNoneMatch, IfMatch }) => {
      const old = objects.get(Key);
      if ((IfNoneMatch && old !== undefined) || (IfMatch !== undefined && IfMatch !== old))
        throw service('PreconditionFailed', 'At least one of the pre-conditions did not hold', 412);
      objects.set(Key, Body);
      return { ETag: Body };
    },
    get: async ({ Key }) => {
      const Body = objects.get(Key);
      if (Body === undefined) throw service('NoSuchKey', 'The specified key does not exist.', 404);
      return { Body, ETag: Body };
    },
    remove: async ({ Key }) => objects.delete(Key),
  };
  return { objects, port };
}

const large = (bytes: number) => ({ ...after, template: JSON.stringify({ Resources: {}, Metadata: { fill: 'x'.repeat(bytes) } }) });

test('a large template goes through the bucket, under its hash; without one it is refused', async () => {
  const { objects, port } = bucket();
  const { clients } = harness({ bucket: port });
  await review(clients, large(60_000));
  expect([...objects.keys()]).toEqual([expect.stringMatching(/^templates\/[0-9a-f]{64}\.json$/)]);
  expect(await review(harness().clients, large(60_000))).toMatchObject({
    kind: 'blocked',
    result: { outcome: 'refused', reason: 'too-large' },
  });
  expect(await review(clients, large(1_100_000))).toMatchObject({ kind: 'blocked', result: { reason: 'too-large' } });
});

test('a lease keeps the second from trying, is given back, and runs out', async () => {
  const { objects, port } = bucket();
  const { it, clients } = harness({ bucket: port });
  await deployed(it, parts.before);
  const made = await review(clients, after);
  const lease = { holder: 'other', until: clients.clock.now() + 60_000 };
  objects.set(`leases/${stackName}.json`, JSON.stringify(lease));
  expect((await ended(execute(clients, made, { leaseMs: 600_000 }))).result).toMatchObject({ outcome: 'refused', reason: 'leased' });
  await clients.clock.sleep(60_000);
  expect((await ended(execute(clients, made, { leaseMs: 600_000 }))).result.outcome).toBe('succeeded');
  expect(objects.has(`leases/${stackName}.json`)).toBe(false);
});
