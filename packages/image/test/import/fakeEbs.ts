// EBS direct APIs and EC2's snapshots, with their rules: block size, hashes, tokens, counts, states.
import { createHash } from 'node:crypto';
import type { EbsPort } from '../../src/import/index.ts';
import { awsError, type FakeAws } from './fakeAws.ts';

export interface FakeSnapshot {
  readonly id: string;
  readonly region: string;
  state: 'pending' | 'completed' | 'error';
  sealed: boolean;
  /** Number of reads until it is complete. */
  patience: number;
  readonly size: number;
  readonly tags: Map<string, string>;
  /** Base64 SHA-256 by index. */
  readonly blocks: Map<number, string>;
  readonly data: Map<number, Buffer>;
}

const blockSize = 524_288;
const sha = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64');

export class FakeEbs implements EbsPort {
  readonly snapshots = new Map<string, FakeSnapshot>();
  private readonly tokens = new Map<string, { parameters: string; id: string }>();
  /** The number of writes to which a new snapshot is unknown. */
  unknownFor = 0;

  private readonly world: FakeAws;
  private readonly region: string;

  constructor(world: FakeAws, region: string) {
    this.world = world;
    this.region = region;
  }

  startSnapshot: EbsPort['startSnapshot'] = (input) =>
    this.world.request(`${this.region} StartSnapshot`, () => {
      const { ClientToken, ...rest } = input;
      if (!/^[\x20-\x7e]{1,255}$/.test(ClientToken)) this.world.violated('token');
      if (input.VolumeSize < 1 || !Number.isInteger(input.VolumeSize)) this.world.violated('volume size');
      if (input.Tags.some(({ Key, Value }) => Key.length > 128 || Value.length > 256 || Key.startsWith('aws:')))
        this.world.violated('tags');
      const known = this.tokens.get(ClientToken);
      if (known) {
        if (known.parameters !== JSON.stringify(rest))
          throw awsError('ConflictException', 'same token, other parameters');
        const snapshot = this.snapshots.get(known.id);
        if (!snapshot) throw awsError('ConflictException', 'that snapshot is gone');
        return { SnapshotId: snapshot.id, Status: snapshot.state, BlockSize: blockSize };
      }
      const snapshot = this.add('pending', input.VolumeSize, input.Tags);
      this.tokens.set(ClientToken, { parameters: JSON.stringify(rest), id: snapshot.id });
      return { SnapshotId: snapshot.id, Status: 'pending', BlockSize: blockSize };
    });

  putSnapshotBlock: EbsPort['putSnapshotBlock'] = (input) =>
    this.world.request(`${this.region} PutSnapshotBlock`, () => {
      const snapshot = this.writable(input.SnapshotId);
      if (input.BlockData.length !== blockSize || input.DataLength !== blockSize) this.world.violated('block size');
      if (input.ChecksumAlgorithm !== 'SHA256' || sha(input.BlockData) !== input.Checksum)
        this.world.violated('checksum');
      if (input.BlockIndex < 0 || (input.BlockIndex + 1) * blockSize > snapshot.size * 2 ** 30)
        this.world.violated('block outside of the volume');
      snapshot.blocks.set(input.BlockIndex, input.Checksum);
      snapshot.data.set(input.BlockIndex, Buffer.from(input.BlockData));
      return {};
    });

  completeSnapshot: EbsPort['completeSnapshot'] = (input) =>
    this.world.request(`${this.region} CompleteSnapshot`, () => {
      const snapshot = this.writable(input.SnapshotId);
      if (input.ChangedBlocksCount !== snapshot.blocks.size) this.world.violated('ChangedBlocksCount');
      const hashes = [...snapshot.blocks].sort(([a], [b]) => a - b).map(([, hash]) => Buffer.from(hash, 'base64'));
      if (input.Checksum !== sha(Buffer.concat(hashes))) this.world.violated('aggregate checksum');
      snapshot.sealed = true;
      return { Status: 'pending' };
    });

  add(state: FakeSnapshot['state'], size: number, tags: readonly { Key: string; Value: string }[]): FakeSnapshot {
    const id = this.world.newId('snap');
    const table = new Map(tags.map(({ Key, Value }) => [Key, Value]));
    const snapshot: FakeSnapshot = {
      id,
      region: this.region,
      state,
      sealed: false,
      patience: 2,
      size,
      tags: table,
      blocks: new Map(),
      data: new Map(),
    };
    this.snapshots.set(id, snapshot);
    return snapshot;
  }

  private writable(id: string): FakeSnapshot {
    const snapshot = this.snapshots.get(id);
    if (!snapshot || this.unknownFor-- > 0)
      throw awsError('ResourceNotFoundException', `The snapshot '${id}' does not exist.`, 404);
    // Not a violation: a run after a kill cannot know, but it must cope.
    if (snapshot.sealed || snapshot.state !== 'pending')
      throw awsError('ValidationException', 'the snapshot is not pending');
    return snapshot;
  }
}
