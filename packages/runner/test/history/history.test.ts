// The archive of each execution, a stack's history, and the way back to an earlier revision.

import { chooseRevision, indexBodyOf, maxRevisions, type Revision, withRevision } from '../../src/history/revisions.ts';
import {
  type Clients,
  cancel,
  deploy,
  destroy,
  execute,
  findEarlierRevision,
  readHistory,
  recover,
  reviewDestroy,
  reviewStack,
  type StackOperation,
} from '../../src/index.ts';
import { accessDenied, connectionReset, serviceError, throttlingError } from '../double/errors.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input, parts, stackName } from '../double/scenarios.ts';
import { templateOf } from '../double/template.ts';

/** A bucket in memory, with conditional puts; the next calls throw `faults`, one each. */
function bucket() {
  const objects = new Map<string, string>();
  const faults: (Error | undefined)[] = [];
  const strike = () => {
    const error = faults.shift();
    if (error) throw error;
  };
  const port: NonNullable<Clients['bucket']> = {
    name: 'env-bucket',
    url: (key) => `https://env-bucket/${key}`,
    async put({ Key, Body, IfNoneMatch, IfMatch }) {
      strike();
      const old = objects.get(Key);
      if ((IfNoneMatch && old !== undefined) || (IfMatch !== undefined && IfMatch !== old))
        throw serviceError('PreconditionFailed', 'lost', 412);
      objects.set(Key, Body);
      return { ETag: Body };
    },
    async get({ Key }) {
      strike();
      const Body = objects.get(Key);
      if (Body === undefined) throw serviceError('NoSuchKey', 'The specified key does not exist.', 404);
      return { Body, ETag: Body };
    },
    remove: async ({ Key }) => objects.delete(Key),
  };
  const index = (): readonly Revision[] =>
    JSON.parse(objects.get(`history/${stackName}/index.json`) ?? '{"revisions":[]}').revisions;
  return { objects, faults, port, index };
}

async function told(clients: Clients, limit = 20): Promise<readonly StackOperation[]> {
  const { result, events } = await runToEnd(readHistory(clients, { stackName, limit }));
  expect(result.outcome).toBe('succeeded');
  return events.flatMap((each) => (each.code === 'I2K880' ? [each.data] : []));
}

/** Created, updated, failed to update: each by an apply. */
async function past() {
  const kept = bucket();
  const made = harness({ bucket: kept.port });
  for (const each of [parts.before, parts.after, parts.broken]) await runToEnd(deploy(made.clients, input(each)));
  return { ...made, kept };
}

describe('what is kept', () => {
  test('is the template, under its hash, and what it was made of, before it is executed', async () => {
    const { kept } = await past();
    const [first, second, third] = kept.index();
    expect(kept.index().map((each) => each.revision)).toEqual([1, 2, 3]);
    expect(first).toMatchObject({
      parameters: { Size: '2' },
      tags: { 'i2kit:app': 'shop' },
      capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      token: expect.stringMatching(/^i2kit-/),
    });
    expect(kept.objects.get(`history/${stackName}/${second?.templateHash}.json`)).toBe(templateOf(parts.after));
    expect(new Set([first, second, third].map((each) => each?.templateHash)).size).toBe(3);
  });

  test('is the name of a parameter of Systems Manager, and never what it stood for', async () => {
    const kept = bucket();
    const { clients } = harness({ bucket: kept.port });
    const Parameters = {
      Size: { Type: 'Number' },
      Vpc: { Type: 'AWS::SSM::Parameter::Value<String>' },
      Net: { Type: 'AWS::SSM::Parameter::Value<String>' },
    };
    const template = JSON.stringify({ Parameters, ...JSON.parse(templateOf(parts.before)) });
    const { describeChangeSet } = clients.cloudFormation;
    clients.cloudFormation.describeChangeSet = async (...args) => ({
      ...(await describeChangeSet(...args)),
      Parameters: [
        { ParameterKey: 'Size', ParameterValue: '2' },
        { ParameterKey: 'Vpc', ParameterValue: 'vpc-1' },
        { ParameterKey: 'Net', ParameterValue: '/my/net', ResolvedValue: 'net-1' },
      ],
    });
    await runToEnd(deploy(clients, { ...input(parts.before), template }));
    expect(kept.index()[0]?.parameters).toEqual({ Size: '2', Net: '/my/net' });
  });

  test('is not what is never executed', async () => {
    const { kept, clients } = await past();
    await reviewStack(clients, input(parts.before));
    expect(kept.index()).toHaveLength(3);
  });

  test('throttling and lost answers are no obstacle, and nothing is kept twice', async () => {
    const kept = bucket();
    const { clients } = harness({ bucket: kept.port });
    kept.faults.push(throttlingError(), connectionReset(), undefined, connectionReset(), undefined, connectionReset());
    expect((await runToEnd(deploy(clients, input(parts.before)))).result.outcome).toBe('succeeded');
    expect(kept.index().map((each) => each.revision)).toEqual([1]);
  });

  test('who may not write is told so, and deploys all the same', async () => {
    const kept = bucket();
    const { clients } = harness({ bucket: kept.port });
    kept.faults.push(accessDenied('PutObject'));
    const { result, events } = await runToEnd(deploy(clients, input(parts.before)));
    expect(result.outcome).toBe('succeeded');
    expect(events.find((each) => each.code === 'I2K879')?.message).toContain('AccessDenied');
  });

  test('of two at once both are kept', async () => {
    const kept = bucket();
    const { clients, it } = harness({ bucket: kept.port });
    await deployByOtherTool(it, parts.before);
    const made = await reviewStack(clients, input(parts.after));
    const other = { ...kept.index()[0], token: 'other', stackId: 'other', revision: 1 } as Revision;
    const { put } = kept.port;
    let raced = false;
    kept.port.put = async (request, options) => {
      if (request.Key.endsWith('index.json') && !raced) {
        raced = true;
        await put({ Key: request.Key, Body: indexBodyOf([other]) });
      }
      return put(request, options);
    };
    expect((await runToEnd(execute(clients, made))).result.outcome).toBe('succeeded');
    expect(kept.index().map((each) => [each.revision, each.token === 'other'])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  test('is no more than so many, and their templates; numbers go on', async () => {
    const kept = bucket();
    const { clients } = harness({ bucket: kept.port });
    const old = Array.from({ length: maxRevisions }, (_, i) => ({
      revision: i + 1,
      token: `t${i}`,
      stackId: 's',
      templateHash: `${i}`.padStart(64, '0'),
      inputHash: '',
    }));
    kept.objects.set(`history/${stackName}/index.json`, indexBodyOf(old as unknown as Revision[]));
    for (const { templateHash } of old) kept.objects.set(`history/${stackName}/${templateHash}.json`, '{}');
    await runToEnd(deploy(clients, input(parts.before)));
    expect([kept.index().length, kept.index()[0]?.revision, kept.index().at(-1)?.revision]).toEqual([
      maxRevisions,
      2,
      maxRevisions + 1,
    ]);
    expect(kept.objects.has(`history/${stackName}/${old[0]?.templateHash}.json`)).toBe(false);
    expect(kept.objects.has(`history/${stackName}/${old[1]?.templateHash}.json`)).toBe(true);
  });
});

describe('the past', () => {
  test('is told newest first: what, how it ended, and why', async () => {
    const { clients } = await past();
    expect(await told(clients)).toMatchObject([
      {
        revision: 3,
        what: 'update',
        outcome: 'rolled back',
        status: 'UPDATE_ROLLBACK_COMPLETE',
        cause: { logicalId: 'Api' },
      },
      { revision: 2, what: 'update', outcome: 'succeeded', current: true },
      { revision: 1, what: 'create', outcome: 'succeeded', status: 'CREATE_COMPLETE' },
    ]);
    const [newest] = await told(clients, 1);
    expect(newest).toMatchObject({ revision: 3 });
    expect((newest?.endedAt ?? 0) - (newest?.begunAt ?? 0)).toBeGreaterThan(4_000);
    expect(await told(clients, 2)).toHaveLength(2);
  });

  test('needs no bucket', async () => {
    const { it, clients } = harness();
    await deployByOtherTool(it, parts.before);
    expect(await told(clients)).toEqual([
      expect.objectContaining({ what: 'create', outcome: 'succeeded', current: true }),
    ]);
    expect((await told(clients))[0]).not.toHaveProperty('revision');
  });

  test('knows cancellations, recoveries, and what is under way', async () => {
    const { it, clients } = harness();
    await deployByOtherTool(it, parts.before);
    await runToEnd(deploy(clients, input(parts.after), { detach: true }));
    await clients.clock.sleep(1_000);
    expect((await told(clients))[0]).toMatchObject({ what: 'update', outcome: 'running' });
    await runToEnd(cancel(clients, { stackName }));
    expect((await told(clients))[0]).toMatchObject({ what: 'update', outcome: 'cancelled' });
    await runToEnd(deploy(clients, input(parts.brokenForGood)));
    await runToEnd(recover(clients, { stackName, skip: ['Web'] }));
    expect(await told(clients)).toMatchObject([
      { what: 'recover', outcome: 'succeeded' },
      { what: 'update', outcome: 'failed', status: 'UPDATE_ROLLBACK_FAILED' },
      { what: 'update', outcome: 'cancelled' },
      { what: 'create', outcome: 'succeeded' },
    ]);
  });

  test('outlives the stack where it was kept', async () => {
    const { clients } = await past();
    await runToEnd(destroy(clients, await reviewDestroy(clients, { stackName })));
    expect((await told(clients)).map(({ what, revision }) => [what, revision])).toEqual([
      ['delete', undefined],
      ['update', 3],
      ['update', 2],
      ['create', 1],
    ]);
    await runToEnd(deploy(clients, input(parts.before)));
    expect((await told(clients)).map(({ revision, outcome }) => [revision, outcome])).toEqual([
      [4, 'succeeded'],
      [3, 'unknown'],
      [2, 'unknown'],
      [1, 'unknown'],
    ]);
  });

  test('of nothing is said to be none', async () => {
    expect((await runToEnd(readHistory(harness().clients, { stackName, limit: 3 }))).result).toMatchObject({
      outcome: 'failed',
      reason: 'absent',
    });
  });
});

describe('the way back', () => {
  test('is an input like any other: reviewed, guarded, executed, and kept as a revision of its own', async () => {
    const { it, clients, kept } = await past();
    const found = await findEarlierRevision(clients, { stackName, to: '1' });
    if (found.kind !== 'found') throw new Error(found.result.message);
    expect(found.input).toMatchObject({
      template: templateOf(parts.before),
      parameters: { Size: '2' },
      tags: { 'i2kit:app': 'shop' },
    });
    expect((await runToEnd(deploy(clients, found.input))).result).toMatchObject({
      outcome: 'succeeded',
      status: 'UPDATE_COMPLETE',
    });
    expect(it.stacks[0]?.template).toBe(templateOf(parts.before));
    expect(kept.index().map((each) => each.revision)).toEqual([1, 2, 3, 4]);
    expect(kept.index()[3]?.templateHash).toBe(kept.index()[0]?.templateHash);
    expect(await told(clients)).toMatchObject([
      { revision: 4, current: true },
      { revision: 3 },
      { revision: 2 },
      { revision: 1 },
    ]);
    expect((await runToEnd(deploy(clients, found.input))).result.outcome).toBe('unchanged');
  });

  test('does not lead around the guards', async () => {
    const kept = bucket();
    const { clients } = harness({ bucket: kept.port });
    await runToEnd(deploy(clients, input(parts.before)));
    await runToEnd(deploy(clients, input(parts.harmful), { allowReplace: ['Disk'] }));
    const found = await findEarlierRevision(clients, {
      stackName,
      to: kept.index()[0]?.templateHash.slice(0, 8) ?? '',
    });
    if (found.kind !== 'found') throw new Error(found.result.message);
    expect((await runToEnd(deploy(clients, found.input))).result).toMatchObject({ outcome: 'refused', reason: 'data' });
  });

  test('is refused where nothing is kept, where it is not what was kept, and where there is no such revision', async () => {
    const { clients, kept } = await past();
    const blocked = async (to: string, of: Clients = clients) => {
      const found = await findEarlierRevision(of, { stackName, to });
      return found.kind === 'blocked' ? found.result : found;
    };
    const { bucket: _, ...none } = clients;
    expect(await blocked('1', none)).toMatchObject({
      outcome: 'refused',
      reason: 'unkept',
      hint: expect.stringContaining('bucket'),
    });
    expect(await blocked('9')).toMatchObject({
      outcome: 'failed',
      reason: 'unknown',
      hint: expect.stringContaining('1 to 3'),
    });
    expect(await blocked('abcdef0')).toMatchObject({ reason: 'unknown' });
    kept.objects.set(`history/${stackName}/${kept.index()[0]?.templateHash}.json`, '{"Resources":{}}');
    expect(await blocked('1')).toMatchObject({
      outcome: 'refused',
      reason: 'unkept',
      message: expect.stringContaining('differs from the archived hash'),
    });
    kept.objects.delete(`history/${stackName}/${kept.index()[1]?.templateHash}.json`);
    expect(await blocked('2')).toMatchObject({ outcome: 'refused', reason: 'unkept' });
  });
});

test('a hash is as good as a number, while it is one template alone', () => {
  const of = (revision: number, templateHash: string) =>
    ({ revision, templateHash, inputHash: 'f'.repeat(64) }) as Revision;
  const all = [of(1, `abcdef1${'0'.repeat(57)}`), of(2, `abcdef2${'0'.repeat(57)}`), of(3, `abcdef1${'0'.repeat(57)}`)];
  expect(chooseRevision(all, 'ABCDEF1')).toEqual({ ok: true, value: all[2] });
  expect(chooseRevision(all, '2')).toEqual({ ok: true, value: all[1] });
  expect(chooseRevision(all, 'abcdef')).toEqual({
    ok: false,
    problems: [{ message: 'Several templates have a hash that begins with abcdef' }],
  });
  expect(chooseRevision(all, 'abc')).toMatchObject({ ok: false });
  expect(withRevision(all, { ...of(0, ''), token: 'x' } as Revision).at(-1)?.revision).toBe(4);
});
