// Watching other runs, cancelling, destroying, and large templates.
import { cancel, deploy, destroy, reviewDestroy, reviewStack, waitForStack } from '../../src/index.ts';
import { findStack } from '../double/fakeAccount.ts';
import { type FakeBucket, fakeBucket } from '../double/fakeBucket.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input, parts, stackName } from '../double/scenarios.ts';

const after = input(parts.after);

async function underWay() {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  await runToEnd(deploy(clients, after, { detach: true }));
  return { it, clients };
}

test('another run is watched; a stack at rest gives a result at once', async () => {
  const { clients } = await underWay();
  expect((await runToEnd(waitForStack(clients, { stackName }))).result).toMatchObject({
    outcome: 'succeeded',
    status: 'UPDATE_COMPLETE',
  });
  expect((await runToEnd(waitForStack(clients, { stackName }))).result).toMatchObject({ outcome: 'unchanged' });
});

test('only an update can be cancelled', async () => {
  const { it, clients } = await underWay();
  await clients.clock.sleep(1_000);
  expect((await runToEnd(cancel(clients, { stackName }))).result).toMatchObject({
    outcome: 'succeeded',
    status: 'UPDATE_ROLLBACK_COMPLETE',
  });
  expect((await runToEnd(cancel(clients, { stackName }))).result).toMatchObject({ outcome: 'refused' });
  expect(findStack(it, stackName)?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('a Ctrl-C that cancels waits for the rollback, and is still an interruption', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const abort = new AbortController();
  it.clock.after(7_000, () => abort.abort());
  const { result } = await runToEnd(deploy(clients, after, { signal: abort.signal, cancelOnInterrupt: true }));
  expect(result).toMatchObject({
    outcome: 'interrupted',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    message: expect.stringContaining('cancelled and rolled back'),
  });
});

test('the deleted and the kept resources are reviewed; only that incarnation is deleted', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const made = await reviewDestroy(clients, { stackName });
  if (made.kind !== 'present') throw new Error(made.kind);
  expect(made.keeps).toMatchObject([{ logicalId: 'Disk', policy: 'Retain', worth: 'data' }]);
  expect(made.deletes.map((each) => each.logicalId)).toEqual(['Net', 'Web', 'Old']);
  expect((await runToEnd(destroy(clients, made))).result).toMatchObject({
    outcome: 'succeeded',
    status: 'DELETE_COMPLETE',
  });
  await deployByOtherTool(it, parts.before);
  expect((await runToEnd(destroy(clients, made))).result).toMatchObject({ outcome: 'unchanged' });
  expect(findStack(it, stackName)?.status).toBe('CREATE_COMPLETE');
});

test('a protected stack, and one in progress, is not deleted', async () => {
  const { it, clients } = await underWay();
  const made = await reviewDestroy(clients, { stackName });
  expect((await runToEnd(destroy(clients, made))).result).toMatchObject({ outcome: 'refused', reason: 'busy' });
  await clients.clock.sleep(600_000);
  const stack = findStack(it, stackName);
  if (stack) stack.isProtected = true;
  expect((await runToEnd(destroy(clients, made))).result).toMatchObject({ outcome: 'refused', reason: 'protected' });
});

const large = (bytes: number) => ({
  ...after,
  template: JSON.stringify({ Resources: {}, Metadata: { fill: 'x'.repeat(bytes) } }),
});

test('a large template is uploaded under its hash; without a bucket it is refused', async () => {
  const objects: FakeBucket = new Map();
  const { clients } = harness({ bucket: fakeBucket(objects) });
  await reviewStack(clients, large(60_000));
  expect([...objects.keys()]).toEqual([expect.stringMatching(/^templates\/[0-9a-f]{64}\.json$/)]);
  expect(await reviewStack(harness().clients, large(60_000))).toMatchObject({
    kind: 'blocked',
    result: { outcome: 'refused', reason: 'too-large' },
  });
  expect(await reviewStack(clients, large(1_100_000))).toMatchObject({
    kind: 'blocked',
    result: { reason: 'too-large' },
  });
});
