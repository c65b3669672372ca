// A bucket with multipart uploads.
import { createHash } from 'node:crypto';
import type { StorePort } from '../../src/import/index.ts';
import { awsError, type FakeAws } from './fakeAws.ts';

interface Upload {
  readonly key: string;
  readonly parts: Map<number, Buffer>;
}

const sha = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64');

export class FakeS3 implements StorePort {
  readonly bucket = 'env-bucket';
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Upload>();
  /** Bytes of each part but the last. */
  leastPart = 5 * 2 ** 20;

  private readonly world: FakeAws;

  constructor(world: FakeAws) {
    this.world = world;
  }

  headObject: StorePort['headObject'] = ({ Key }) =>
    this.world.request('HeadObject', () => {
      const body = this.objects.get(Key);
      if (!body) throw awsError('NotFound', 'not found', 404);
      return { ContentLength: body.length };
    });

  listMultipartUploads: StorePort['listMultipartUploads'] = ({ Prefix }) =>
    this.world.request('ListMultipartUploads', () => ({
      Uploads: [...this.uploads]
        .filter(([, { key }]) => key.startsWith(Prefix))
        .map(([UploadId, { key }]) => ({ UploadId, Key: key })),
    }));

  createMultipartUpload: StorePort['createMultipartUpload'] = ({ Key }) =>
    this.world.request('CreateMultipartUpload', () => {
      const id = this.world.newId('upload');
      this.uploads.set(id, { key: Key, parts: new Map() });
      return { UploadId: id };
    });

  listParts: StorePort['listParts'] = ({ UploadId, PartNumberMarker }) =>
    this.world.request('ListParts', () => {
      const all = [...this.upload(UploadId).parts]
        .sort(([a], [b]) => a - b)
        .filter(([number]) => number > Number(PartNumberMarker ?? 0));
      const [first] = all;
      if (!first) return { Parts: [], IsTruncated: false };
      // A page holds one part, so that pages are read to their end.
      return {
        Parts: [{ PartNumber: first[0], ETag: `e${first[0]}`, ChecksumSHA256: sha(first[1]) }],
        IsTruncated: all.length > 1,
        NextPartNumberMarker: String(first[0]),
      };
    });

  uploadPart: StorePort['uploadPart'] = (input) =>
    this.world.request('UploadPart', () => {
      if (sha(input.Body) !== input.ChecksumSHA256) this.world.violated('checksum of a part');
      this.upload(input.UploadId).parts.set(input.PartNumber, Buffer.from(input.Body));
      return { ETag: `e${input.PartNumber}` };
    });

  completeMultipartUpload: StorePort['completeMultipartUpload'] = ({ Key, UploadId, MultipartUpload }) =>
    this.world.request('CompleteMultipartUpload', () => {
      const { parts } = this.upload(UploadId);
      const bodies = MultipartUpload.Parts.map(({ PartNumber, ETag }, index) => {
        const body = parts.get(PartNumber);
        if (!body || ETag !== `e${PartNumber}` || PartNumber !== index + 1) return this.world.violated('parts');
        if (index < MultipartUpload.Parts.length - 1 && body.length < this.leastPart)
          return this.world.violated('a part that is too small');
        return body;
      });
      this.objects.set(Key, Buffer.concat(bodies));
      this.uploads.delete(UploadId);
      return {};
    });

  abortMultipartUpload: StorePort['abortMultipartUpload'] = ({ UploadId }) =>
    this.world.request('AbortMultipartUpload', () => {
      this.upload(UploadId);
      this.uploads.delete(UploadId);
      return {};
    });

  deleteObject: StorePort['deleteObject'] = ({ Key }) =>
    this.world.request('DeleteObject', () => this.objects.delete(Key));

  private upload(id: string): Upload {
    const upload = this.uploads.get(id);
    if (!upload) throw awsError('NoSuchUpload', 'no such upload', 404);
    return upload;
  }
}
