// AWS::EC2::Volume: what a claim keeps. Both policies always, so that nothing is lost unasked.
import { resource } from '../../../template.ts';
import { type Concern, originOf } from '../concern.ts';
import * as ids from '../ids.ts';
import { tags } from '../tags.ts';

export const volumes: Concern = (target) => ({
  resources: Object.fromEntries(
    target.plan.volumes.map((volume) => [
      ids.volume(volume.claim),
      resource('AWS::EC2::Volume', {
        Metadata: originOf(volume.origin),
        ...(volume.reclaim === 'Retain'
          ? { DeletionPolicy: 'RetainExceptOnCreate' as const, UpdateReplacePolicy: 'Retain' as const }
          : { DeletionPolicy: 'Snapshot' as const, UpdateReplacePolicy: 'Snapshot' as const }),
        Properties: {
          // A literal: a parameter would be read anew at every update, and another zone replaces the volume.
          AvailabilityZone: volume.zone,
          Size: volume.sizeGiB,
          VolumeType: volume.type,
          ...(volume.iops === undefined ? {} : { Iops: volume.iops }),
          ...(volume.throughput === undefined ? {} : { Throughput: volume.throughput }),
          Encrypted: true,
          ...(volume.kmsKeyId === undefined ? {} : { KmsKeyId: volume.kmsKeyId }),
          // Never an empty one: that would be a change, and another snapshot is another volume.
          ...(volume.snapshot === undefined ? {} : { SnapshotId: volume.snapshot }),
          Tags: tags(target, volume.origin),
        },
      }),
    ]),
  ),
});
