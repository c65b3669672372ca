// AWS::EC2::Volume: the disk of a claim. Both deletion policies are always set; a retained volume that no machine mounts is reported with its price.

import { monthlyVolumePrice, referenceRegion, type VolumePricing } from '@i2kit/common';
import type { Finding } from '../../../diagnostic.ts';
import { resource } from '../../../template.ts';
import { type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';

// AWS::EC2::Volume: what a claim keeps. Both policies always, so that nothing is lost unasked.

export const volumes: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.plan.volumes.map((volume) => [
      ids.volume(volume.claim),
      resource('AWS::EC2::Volume', {
        Metadata: originMetadata(volume.origin),
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

// Disks that are kept though nothing uses them: said, with what they cost.

export const unmountedVolumes: Emitter = ({ plan }) => ({
  findings: plan.volumes
    .filter(({ group }) => group === undefined)
    .map(
      (volume): Finding => ({
        code: 'I2K656',
        message: `${volume.key} is kept, though nothing mounts it: ${volume.sizeGiB} GiB of ${volume.type} in ${volume.zone}, ${priceText(volume, volume.zone)}`,
        object: volume.origin.object,
        path: [],
        hint: '--prune-volumes lets such disks go, each with a snapshot unless its class retains it',
      }),
    ),
});

/** At the list prices of the zone's region; of us-east-1, and said to be, if those are not known. */
function priceText(volume: VolumePricing, zone = ''): string {
  const region = zone.replace(/[a-z]$/, '');
  const known = monthlyVolumePrice(volume, region);
  const { storage, speed } = known.storage === undefined ? monthlyVolumePrice(volume, referenceRegion) : known;
  const dollars = `about $${((storage ?? 0) + (speed ?? 0)).toFixed(2)} a month`;
  const where = known.storage === undefined ? ` at the prices of ${referenceRegion}` : '';
  return `${dollars}${where}${speed === undefined ? ' without its provisioned speed' : ''}`;
}
