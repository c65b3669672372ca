// The bucket's adapter against an independent endpoint: absence, lost conditional puts, verified hashes.
import { createHash } from 'node:crypto';
import { type AwsClients, account, awsClients, region } from '../../../../test/awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../../../../test/awsEmulator/emulator.ts';
import { type SeededEnvironment, seedEnvironment } from '../../../../test/awsEmulator/environment.ts';
import { bucketAdapter, type EnvironmentBucket, readBucketName, type SdkOptions } from '../../src/index.ts';

let peer: AwsEmulator;
let aws: AwsClients;
let environment: SeededEnvironment;
let options: SdkOptions;
let bucket: EnvironmentBucket;

beforeAll(async () => {
  peer = await startAwsEmulator();
  aws = awsClients(peer.endpoint);
  environment = await seedEnvironment(aws);
  options = { region, endpoint: peer.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'none' } };
  bucket = await bucketAdapter(options, { name: environment.bucket, env: 'default', account });
});
afterAll(async () => {
  bucket?.close();
  aws?.destroy();
  await peer?.stop();
});

test('is found by its parameter, or is not there', async () => {
  expect(await readBucketName(options, 'default')).toBe(environment.bucket);
  expect(await readBucketName(options, 'other')).toBeUndefined();
  await expect(readBucketName({ ...options, endpoint: 'http://127.0.0.1:9' }, 'default')).rejects.toThrow();
});

test('keeps what it is given below the environment', async () => {
  await bucket.put({ Key: 'templates/a.json', Body: '{}' });
  expect(await bucket.get({ Key: 'templates/a.json' })).toMatchObject({ Body: '{}', ETag: expect.any(String) });
  expect(bucket.url('templates/a.json')).toBe(`${peer.endpoint}/${environment.bucket}/i2kit/default/templates/a.json`);
  expect(await (await fetch(bucket.url('templates/a.json'))).text()).toBe('{}');
  await bucket.remove({ Key: 'templates/a.json' });
  await expect(bucket.get({ Key: 'templates/a.json' })).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a conditional put that loses says so', async () => {
  await bucket.put({ Key: 'leases/a.json', Body: 'mine', IfNoneMatch: '*' });
  await expect(bucket.put({ Key: 'leases/a.json', Body: 'other', IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  expect((await bucket.get({ Key: 'leases/a.json' })).Body).toBe('mine');
});

test('an asset is put once, under a key that is whole', async () => {
  const bytes = Buffer.from('payload');
  const hash = createHash('sha256').update(bytes).digest('hex');
  await bucket.putAsset(`payloads/${hash}`, hash, bytes);
  await bucket.putAsset(`payloads/${hash}`, hash, bytes);
  expect(await (await fetch(`${peer.endpoint}/${environment.bucket}/payloads/${hash}`)).text()).toBe('payload');
  expect(Buffer.from((await bucket.getAsset(`payloads/${hash}`, hash)) ?? []).toString()).toBe('payload');
  expect(await bucket.getAsset(`payloads/${hash}`, hash.replace(/./g, '0'))).toBeUndefined();
  expect(await bucket.getAsset('payloads/other', hash)).toBeUndefined();
});

test('in AWS an object has an https address, in China too', async () => {
  const at = async (place: string) =>
    (await bucketAdapter({ region: place }, { name: 'b', env: 'e', account })).url('templates/a.json');
  expect(await at('eu-west-1')).toBe('https://b.s3.eu-west-1.amazonaws.com/i2kit/e/templates/a.json');
  expect(await at('cn-north-1')).toBe('https://b.s3.cn-north-1.amazonaws.com.cn/i2kit/e/templates/a.json');
});
