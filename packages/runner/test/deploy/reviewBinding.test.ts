// Invariants I2 and I4: exactly the reviewed change is executed, in the expected account and region, without
// unconfirmed loss.
import {
  cancel,
  deploy,
  execute,
  exitCodeOf,
  type Review,
  recover,
  reviewDestroy,
  reviewStack,
  type StackInput,
} from '../../src/index.ts';
import { findStack } from '../double/fakeAccount.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input, parts, stackName } from '../double/scenarios.ts';

const after = input(parts.after);

async function reviewed() {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const made = await reviewStack(clients, after);
  if (made.kind !== 'change-set') throw new Error(made.kind);
  return { it, clients, made };
}

const executed = (it: { journal: readonly { kind: string }[] }) =>
  it.journal.filter((fact) => fact.kind === 'executed').length;

test('a review is plain data and holds the hashes, the ARN and the endangered resources', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const made = await reviewStack(clients, input(parts.harmful));
  expect(made).toMatchObject({
    kind: 'change-set',
    type: 'UPDATE',
    account: '123456789012',
    region: 'eu-west-1',
    endangered: [{ logicalId: 'Disk', worth: 'data', how: 'replaced' }],
  });
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
});

test.each<[string, (review: Review) => Review, string]>([
  ['another input hash', (each) => ({ ...each, inputHash: 'f'.repeat(64) }) as Review, 'changed-input'],
  ['another template hash', (each) => ({ ...each, templateHash: 'f'.repeat(64) }) as Review, 'changed-input'],
  ['another account', (each) => ({ ...each, account: '999999999999' }) as Review, 'account'],
  ['another region', (each) => ({ ...each, region: 'us-east-1' }) as Review, 'region'],
  [
    'a missing change set',
    (each) => ({ ...each, changeSetId: 'arn:aws:cloudformation:eu-west-1:1:changeSet/x/y' }) as Review,
    'obsolete',
  ],
])('a review file with %s is refused', async (_, edit, reason) => {
  const { it, clients, made } = await reviewed();
  const before = executed(it);
  const { result } = await runToEnd(execute(clients, edit(made)));
  expect(result).toMatchObject({ outcome: 'refused', reason });
  expect(exitCodeOf(result)).toBe(4);
  expect(executed(it)).toBe(before);
});

test('an input that changed since the review is refused', async () => {
  const { it, clients, made } = await reviewed();
  const before = executed(it);
  const other: StackInput = { ...after, parameters: { Size: '3' } };
  expect((await runToEnd(execute(clients, made, { input: other }))).result).toMatchObject({
    outcome: 'refused',
    reason: 'changed-input',
  });
  expect(executed(it)).toBe(before);
  expect((await runToEnd(execute(clients, made, { input: after }))).result.outcome).toBe('succeeded');
});

test('a change set with another template than the reviewed one is refused', async () => {
  const { it, clients, made } = await reviewed();
  const there = it.changeSets.findIndex((each) => each.id === made.changeSetId);
  const old = it.changeSets[there];
  if (!old) throw new Error('no change set');
  it.changeSets[there] = { ...old, template: input(parts.broken).template };
  expect((await runToEnd(execute(clients, made))).result).toMatchObject({
    outcome: 'refused',
    reason: 'changed-input',
  });
});

test('of two reviews the second is obsolete once the first was executed', async () => {
  const { clients, made } = await reviewed();
  const second = await reviewStack(clients, input(parts.broken));
  expect((await runToEnd(execute(clients, made))).result.outcome).toBe('succeeded');
  expect((await runToEnd(execute(clients, second))).result).toMatchObject({ outcome: 'refused', reason: 'obsolete' });
});

test('data is replaced only with permission, and only the named resource', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  expect((await runToEnd(deploy(clients, input(parts.harmful), { allowReplace: ['Web'] }))).result).toMatchObject({
    outcome: 'refused',
    reason: 'data',
  });
  expect((await runToEnd(deploy(clients, input(parts.harmful), { allowReplace: ['Disk'] }))).result.outcome).toBe(
    'succeeded',
  );
});

test('a failed stack that holds data is deleted only with permission', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.orphaning);
  const { result, events } = await runToEnd(deploy(clients, input(parts.before), { allowReplace: ['Disk'] }));
  expect(result).toMatchObject({ outcome: 'succeeded', status: 'CREATE_COMPLETE' });
  expect(events.map((event) => event.code)).toContain('I2K812');
});

test('if no change set can exist yet, the review holds hashes, and execution creates and guards it', async () => {
  const { it, clients } = harness();
  const made = await reviewStack(clients, { ...after, deferred: true });
  expect(made).toMatchObject({ kind: 'deferred', because: 'parameters' });
  expect(findStack(it, stackName)).toBeUndefined();
  expect((await runToEnd(execute(clients, made))).result).toMatchObject({
    outcome: 'refused',
    reason: 'changed-input',
  });
  expect((await runToEnd(execute(clients, made, { input: after }))).result.outcome).toBe('succeeded');
  const harm = await reviewStack(clients, { ...input(parts.harmful), deferred: true });
  expect((await runToEnd(execute(clients, harm, { input: input(parts.harmful) }))).result).toMatchObject({
    outcome: 'refused',
    reason: 'data',
  });
});

test('a wrong region or account writes nothing', async () => {
  const { it, clients } = harness();
  expect(await reviewStack(clients, { ...after, expect: { region: 'us-east-1' } })).toMatchObject({
    kind: 'blocked',
    result: { reason: 'region' },
  });
  expect(await reviewStack(clients, { ...after, expect: { account: '1' } })).toMatchObject({
    kind: 'blocked',
    result: { reason: 'account' },
  });
  expect(it.stacks).toEqual([]);
});

test('a change set that CloudFormation refuses is deleted, and its reason reported', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  it.noChange = 'Template error: resource Web does not support attribute type Nope';
  const made = await reviewStack(clients, input(parts.before));
  expect(made).toMatchObject({
    kind: 'blocked',
    result: { outcome: 'failed', message: expect.stringContaining('attribute type Nope') },
  });
  expect(it.changeSets.filter((each) => each.status === 'FAILED')).toEqual([]);
});

test('a detached run leaves at once, and the next one takes over', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const first = await runToEnd(deploy(clients, after, { detach: true, command: 'i2kit apply -f shop/' }));
  expect(first.result).toMatchObject({ outcome: 'detached', resume: 'i2kit apply -f shop/' });
  expect(exitCodeOf(first.result)).toBe(0);
  expect(findStack(it, stackName)?.status).toBe('UPDATE_IN_PROGRESS');
  expect(await reviewStack(clients, after)).toMatchObject({ kind: 'attach' });
  expect((await runToEnd(deploy(clients, after))).result.outcome).toBe('succeeded');
});

test('the deadline leaves the operation running, with the command that resumes watching', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const { result } = await runToEnd(deploy(clients, after, { timeoutMs: 8_000, command: 'i2kit apply -f shop/' }));
  expect(result).toMatchObject({ outcome: 'running', reason: 'deadline', resume: 'i2kit apply -f shop/' });
  expect(exitCodeOf(result)).toBe(5);
  expect(result.message).toContain('i2kit apply -f shop/');
});

test('a stack of another or an unknown owner is neither changed, deleted, recovered nor cancelled', async () => {
  const owner = { env: 'prod', app: 'shop' };
  for (const tags of [{}, { 'i2kit:env': 'prod' }, { 'i2kit:env': 'eu', 'i2kit:app': 'prod-shop' }]) {
    const { it, clients } = harness();
    await deployByOtherTool(it, parts.before, tags);
    const refused = { outcome: 'refused', reason: 'foreign' };
    expect(await reviewStack(clients, after)).toMatchObject({ kind: 'blocked', result: refused });
    expect(await reviewDestroy(clients, { stackName, owner })).toMatchObject({ kind: 'blocked', result: refused });
    expect((await runToEnd(recover(clients, { stackName, owner }))).result).toMatchObject(refused);
    expect((await runToEnd(cancel(clients, { stackName, owner }))).result).toMatchObject(refused);
    expect(await reviewDestroy(clients, { stackName })).toMatchObject({ kind: 'present' });
    expect(executed(it)).toBe(1);
  }
});
