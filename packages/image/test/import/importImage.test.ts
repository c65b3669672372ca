// Imports, against a strict stand-in: the results, faults at any request, and that a kill at any request leaves
// nothing behind.

import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ImportEvent } from '../../src/import/index.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { awsError, type InjectedFault, ProcessKilled } from './fakeAws.ts';
import { cleanResult, copyRegion, fixtureKey, homeRegion, importFixture } from './fixture.ts';

const at = useScratchFolder();
const block = 524_288;
const mebi = 2 ** 20;

/** Disks of several blocks, or parts; the long tables of faults use small parts, which hash fast. */
const shapes = [
  { via: 'ebs', size: 4 * block + 1000, small: 2 * block + 1000 },
  { via: 's3', size: 9 * mebi, small: mebi / 4 + 1000 },
] as const;

describe.each(shapes)('$via', ({ via, size, small }) => {
  let data: Buffer;
  beforeEach(() => {
    data = randomBytes(size);
    writeFileSync(at('disk'), data);
    writeFileSync(at('small'), data.subarray(0, small));
  });
  const made = (concurrency = 3) => importFixture(at('disk'), { via, concurrency });
  const smallOne = (concurrency = 3) => {
    const one = importFixture(at('small'), { via, concurrency, partSize: mebi / 8 });
    one.store.leastPart = mebi / 10;
    return one;
  };

  test('one snapshot, one image in each region, shared', async () => {
    const events: ImportEvent[] = [];
    const { run, left, ec2, copies } = made();
    const images = await run({ onEvent: (event) => events.push(event) });
    expect(left()).toEqual(cleanResult);
    expect(images).toEqual({ [homeRegion]: [...ec2.images.keys()][0], [copyRegion]: [...copies.images.keys()][0] });
    const [image] = ec2.images.values();
    expect(image?.input).toMatchObject({
      Name: `i2kit-${fixtureKey}`,
      BootMode: 'uefi',
      Architecture: 'x86_64',
      EnaSupport: true,
      ImdsSupport: 'v2.0',
    });
    expect([...(image?.sharedWith ?? [])]).toEqual(['111122223333']);
    const uploaded = events.filter((event) => event.kind === 'uploaded');
    expect(uploaded.at(-1)).toEqual({ kind: 'uploaded', done: size, total: size });
    expect(uploaded.map((event) => event.done)).toEqual([...uploaded.map((event) => event.done)].sort((a, b) => a - b));
  });

  test('a second run sends nothing and creates nothing', async () => {
    const { run, left, world } = made();
    const first = await run();
    const before = world.requests.length;
    expect(await run()).toEqual(first);
    expect(world.requests.slice(before).filter((request) => !/Describe|ModifyImageAttribute/.test(request))).toEqual(
      [],
    );
    expect(left()).toEqual(cleanResult);
  });

  test.each(['killed before', 'killed after'] as const)(
    '%s any request: a second run ends with the same state',
    async (kind) => {
      const clean = smallOne();
      await clean.run();
      const count = clean.world.requests.length;
      expect(count).toBeGreaterThan(15);
      for (let index = 0; index < count; index++) {
        // Only the EBS importer keeps a journal.
        for (const journal of via === 'ebs' ? [true, false] : [true]) {
          rmSync(at('small.upload'), { force: true });
          const { world, run, left } = smallOne();
          world.injectFault(index, kind);
          const first = await run().catch((error: unknown) => error);
          expect({ index, first, last: world.requests.at(-1) }).toMatchObject({ first: expect.any(ProcessKilled) });
          world.revive();
          if (!journal) rmSync(at('small.upload'), { force: true });
          await run();
          expect({ index, journal, ...left() }).toEqual({ index, journal, ...cleanResult });
        }
      }
    },
  );

  test.each<InjectedFault>(['throttled', 'lost', 'failed after'])(
    '%s at any request: the import continues',
    async (kind) => {
      const clean = smallOne(1);
      await clean.run();
      for (let index = 0; index < clean.world.requests.length; index++) {
        const { world, run, left } = smallOne(1);
        world.injectFault(index, kind);
        await run();
        expect({ index, ...left() }).toEqual({ index, ...cleanResult });
      }
    },
  );

  test('two runs at once make one image, whichever is faster', async () => {
    for (let lead = 0; lead < 16; lead++) {
      const { world, run, left } = smallOne();
      const first = run();
      while (world.requests.length < lead) await new Promise((resolve) => setImmediate(resolve));
      const [a, b] = await Promise.all([first, run()]);
      expect(a).toEqual(b);
      expect({ lead, ...left() }).toEqual({ lead, ...cleanResult });
    }
  });

  test('bad credentials end it at once, and the error names the refused call', async () => {
    const { run, ec2 } = made();
    ec2.describeImages = async () => Promise.reject(awsError('UnauthorizedOperation', 'You are not authorized', 403));
    await expect(run()).rejects.toMatchObject({
      code: 'import-denied',
      message: expect.stringContaining('DescribeImages'),
    });
  });

  test.each(['ExpiredToken', 'RequestTimeTooSkewed', 'UnrecognizedClientException'])(
    'credentials that are not valid now end it at once: %s',
    async (name) => {
      const { run, ec2 } = made();
      let calls = 0;
      ec2.describeImages = async () => {
        calls++;
        throw awsError(name, 'not now', 403);
      };
      await expect(run()).rejects.toMatchObject({
        code: 'import-denied',
        message: `AWS refused DescribeImages: ${name}: not now`,
        hint: expect.stringContaining('Renew the credentials'),
      });
      expect(calls).toBe(1);
    },
  );

  test('an HTTP 500 with an unlisted name passes', async () => {
    const { run, ec2 } = made();
    const { describeImages } = ec2;
    let calls = 0;
    ec2.describeImages = async (...input) => {
      if (calls++ < 3) throw awsError('SomethingBroke', 'oh', 500);
      return describeImages(...input);
    };
    await run();
    expect(calls).toBeGreaterThan(3);
  });

  test('cancelled', async () => {
    const stop = new AbortController();
    const { run } = made();
    await expect(
      run({ signal: stop.signal, onEvent: (event) => event.kind === 'uploaded' && stop.abort() }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('ebs', () => {
  beforeEach(() => writeFileSync(at('disk'), randomBytes(3 * block)));

  test('every byte arrives, the tail as zeros', async () => {
    const data = randomBytes(2 * block + 7);
    writeFileSync(at('disk'), data);
    const { run, ebs } = importFixture(at('disk'));
    await run();
    const [snapshot] = ebs.snapshots.values();
    const stored = Buffer.concat([0, 1, 2].map((index) => snapshot?.data.get(index) ?? Buffer.alloc(0)));
    expect(stored.equals(Buffer.concat([data, Buffer.alloc(block - 7)]))).toBe(true);
  });

  test('a snapshot that is not visible yet is waited for', async () => {
    const { run, ebs, left } = importFixture(at('disk'));
    ebs.unknownFor = 5;
    await run();
    expect(left()).toEqual(cleanResult);
  });

  test('after a kill, only missing blocks are sent', async () => {
    const { run, world } = importFixture(at('disk'), { concurrency: 1 });
    world.injectFault(4, 'killed before');
    await expect(run()).rejects.toThrow(ProcessKilled);
    world.revive();
    const before = world.requests.length;
    await run();
    expect(world.requests.slice(before).filter((request) => request.includes('PutSnapshotBlock'))).toHaveLength(2);
  });

  test('a snapshot that EBS failed is deleted, and another one created', async () => {
    const { run, ebs, left, world } = importFixture(at('disk'), { concurrency: 1 });
    world.injectFault(4, 'killed before');
    await expect(run()).rejects.toThrow(ProcessKilled);
    world.revive();
    for (const snapshot of ebs.snapshots.values()) snapshot.state = 'error';
    await run();
    expect(left()).toEqual(cleanResult);
  });

  test('another disk of the same key finds the image by its name', async () => {
    const { run, left } = importFixture(at('disk'));
    const first = await run();
    writeFileSync(at('disk'), randomBytes(2 * block));
    expect(await run()).toEqual(first);
    expect(left()).toEqual(cleanResult);
  });

  test('without any response: an error that says so', async () => {
    const { run, ebs } = importFixture(at('disk'), { requestTimeout: 5 });
    ebs.putSnapshotBlock = () => new Promise(() => {});
    await expect(run()).rejects.toMatchObject({
      code: 'import-timeout',
      message: expect.stringContaining('PutSnapshotBlock still gets no answer'),
    });
  });

  test('an impossible combination is refused at the start', async () => {
    const { run, world } = importFixture(at('disk'));
    const spec = { key: fixtureKey, architecture: 'amd64', boot: 'uefi', tags: {} } as const;
    await expect(run({ spec: { ...spec, encryption: { kind: 'account' } } })).rejects.toMatchObject({
      code: 'import-conflict',
    });
    await expect(run({ spec: { ...spec, encryption: { kind: 'key', keys: { [homeRegion]: 'x' } } } })).rejects.toThrow(
      /No KMS key is named for us-east-1/,
    );
    expect(world.requests).toEqual([]);
  });
});

test('s3: a failed task is terminal, and cleaned up; the next run has another', async () => {
  writeFileSync(at('disk'), randomBytes(mebi));
  const { run, ec2, left } = importFixture(at('disk'), { via: 's3' });
  ec2.importEnd = 'deleting';
  await expect(run()).rejects.toMatchObject({
    code: 'import-failed',
    message: expect.stringContaining('role vmimport does not exist'),
  });
  expect(left()).toMatchObject({ snapshots: 0, images: 0, objects: 0, uploads: 0 });
  ec2.importEnd = 'completed';
  await run();
  expect(left()).toEqual(cleanResult);
});
