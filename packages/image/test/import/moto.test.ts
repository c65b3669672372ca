// The import through the real SDK against moto, which implements snapshots and images, but few of EBS' rules.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { caller } from '../../src/import/call.ts';
import type { ImportJob } from '../../src/import/importJob.ts';
import {
  type EbsModule,
  type Ec2Module,
  ebsPort,
  ec2Port,
  importImage,
  type S3Module,
  storePort,
} from '../../src/import/index.ts';
import { deleteUploadedDisk, uploadDisk } from '../../src/import/s3Upload.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { workspace } from '../support/tools.ts';

/** The S3 calls of a test beside the port. */
interface BucketMaker {
  readonly CreateBucketCommand: new (input: { Bucket: string }) => unknown;
}

const at = useScratchFolder();
const moto = join(workspace, '.cache/judges/bin/moto_server');
const load = async (name: string): Promise<unknown> => import(name).catch(() => undefined);
const sdk = {
  ebs: (await load('@aws-sdk/client-ebs')) as EbsModule | undefined,
  ec2: (await load('@aws-sdk/client-ec2')) as Ec2Module | undefined,
};
const s3 = (await load('@aws-sdk/client-s3')) as (S3Module & BucketMaker) | undefined;
if (!s3) process.stderr.write('SKIPPED for want of @aws-sdk/client-s3: no upload into moto\n');
const missing = [
  ...(existsSync(moto) ? [] : ['moto (scripts/testTools.mjs)']),
  ...(sdk.ebs ? [] : ['@aws-sdk/client-ebs']),
  ...(sdk.ec2 ? [] : ['@aws-sdk/client-ec2']),
];
if (missing.length > 0) process.stderr.write(`SKIPPED for want of ${missing.join(', ')}: no import into moto\n`);
const here = missing.length > 0 ? test.skip : test;

let server: ChildProcess | undefined;
let endpoint = '';

beforeAll(async () => {
  if (missing.length > 0) return;
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  // Its bytecode is kept, without which it takes seconds to start.
  const { PYTHONDONTWRITEBYTECODE: _, ...inherited } = process.env;
  const env = { ...inherited, PYTHONPYCACHEPREFIX: join(workspace, '.cache/pycache') };
  server = spawn(moto, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', env });
  const answers = () =>
    fetch(`${endpoint}/moto-api/`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await answers())) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`);
    await sleep(200);
  }
});
afterAll(() => void server?.kill());

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

here('an image in one region and its copy in another, once', async () => {
  if (!sdk.ebs || !sdk.ec2) return;
  writeFileSync(at('disk'), randomBytes(3 * 524_288 + 9));
  const options = (region: string) => ({
    region,
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const ec2 = (region: string) => ec2Port(sdk.ec2 as Ec2Module, options(region));
  const input = {
    disk: at('disk'),
    spec: {
      key: 'cd'.repeat(32),
      architecture: 'arm64',
      boot: 'uefi',
      encryption: { kind: 'none' },
      tags: { team: 'shop' },
    },
    region: 'eu-west-1',
    copies: ['us-east-1'],
    accounts: ['111122223333'],
    ports: { ebs: ebsPort(sdk.ebs, options('eu-west-1')), ec2 },
  } as const;
  const images = await importImage(input);
  expect(await importImage(input)).toEqual(images);
  const call = { signal: new AbortController().signal };
  for (const [region, id] of Object.entries(images)) {
    const { Images = [] } = await ec2(region).describeImages({ Owners: ['self'] }, call);
    expect(Images.filter(({ Name }) => Name === `i2kit-${input.spec.key}`).map(({ ImageId }) => ImageId)).toEqual([id]);
  }
  const { Snapshots = [] } = await ec2('eu-west-1').describeSnapshots(
    { Filters: [{ Name: 'tag:i2kit:key', Values: [input.spec.key] }] },
    call,
  );
  expect(Snapshots).toHaveLength(1);
});

(s3 && missing.length === 0 ? test : test.skip)(
  'a disk becomes an object, in parts, and is removed again',
  async () => {
    if (!s3) return;
    const size = 9 * 2 ** 20 + 3;
    writeFileSync(at('disk'), randomBytes(size));
    const options = { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    const maker = new s3.S3Client({ ...options, forcePathStyle: true } as never);
    const call = { signal: new AbortController().signal };
    await maker.send(new s3.CreateBucketCommand({ Bucket: 'images' }) as never, { abortSignal: call.signal });
    const store = storePort(s3, 'images', '123456789012', options);
    const clock = { now: () => Date.now(), sleep: async () => {} };
    const job = {
      disk: { path: at('disk'), blocks: { size } },
      call: caller({ clock }),
      report: () => {},
      concurrency: 64,
    } as unknown as ImportJob;
    await uploadDisk(job, store, 'a.raw');
    await uploadDisk(job, store, 'a.raw');
    expect((await store.headObject({ Key: 'a.raw' }, call)).ContentLength).toBe(size);
    await deleteUploadedDisk(job, store, 'a.raw');
    await expect(store.headObject({ Key: 'a.raw' }, call)).rejects.toMatchObject({ name: 'NotFound' });
  },
);
