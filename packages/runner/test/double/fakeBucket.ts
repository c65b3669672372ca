// A bucket in memory, with conditional puts and S3's errors.
import type { Clients } from '../../src/index.ts';
import { serviceError } from './errors.ts';

type FakeBucketPort = NonNullable<Clients['bucket']>;

export type FakeBucket = Map<string, string>;

/** Its calls alone. */
export const fakeObjects = (objects: FakeBucket): Pick<FakeBucketPort, 'put' | 'get' | 'remove'> => ({
  put: async ({ Key, Body, IfNoneMatch, IfMatch }) => {
    const old = objects.get(Key);
    if (IfMatch !== undefined && old === undefined)
      throw serviceError('NoSuchKey', 'The specified key does not exist.', 404);
    if ((IfNoneMatch && old !== undefined) || (IfMatch !== undefined && IfMatch !== old))
      throw serviceError('PreconditionFailed', 'At least one of the pre-conditions did not hold', 412);
    objects.set(Key, Body);
    return { ETag: Body };
  },
  get: async ({ Key }) => {
    const Body = objects.get(Key);
    if (Body === undefined) throw serviceError('NoSuchKey', 'The specified key does not exist.', 404);
    return { Body, ETag: Body };
  },
  remove: async ({ Key }) => objects.delete(Key),
});

export const fakeBucket = (objects: FakeBucket): FakeBucketPort => ({
  name: 'env-bucket',
  url: (key) => `https://env-bucket.s3.eu-west-1.amazonaws.com/${key}`,
  ...fakeObjects(objects),
});
