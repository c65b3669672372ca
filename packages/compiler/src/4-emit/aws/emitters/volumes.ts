// AWS::EC2::Volume: the volume of a claim. Both deletion policies are always set; a retained volume that no machine
// mounts is reported with its price.

import { monthlyVolumePrice, referenceRegion, type VolumePricing } from '@i2kit/common';
import type { Finding } from '../../../diagnostic.ts';
import { resource } from '../../../template.ts';
import { type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';

export const volumes: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.volumes.map((volume) => [
      ids.volume(volume.claim),
      resource('AWS::EC2::Volume', {
        Metadata: originMetadata(volume.origin),
        ...(volume.reclaim === 'Retain'
          ? { DeletionPolicy: 'RetainExceptOnCreate' as const, UpdateReplacePolicy: 'Retain' as const }
          : { DeletionPolicy: 'Snapshot' as const, UpdateReplacePolicy: 'Snapshot' as const }),
        Properties: {
          // A literal, since a parameter would be resolved at every update, and another zone replaces the volume.
          AvailabilityZone: volume.zone,
          Size: volume.sizeGiB,
          VolumeType: volume.type,
          ...(volume.iops === undefined ? {} : { Iops: volume.iops }),
          ...(volume.throughput === undefined ? {} : { Throughput: volume.throughput }),
          Encrypted: true,
          ...(volume.kmsKeyId === undefined ? {} : { KmsKeyId: volume.kmsKeyId }),
          // Never an empty string: a changed snapshot id replaces the volume.
          ...(volume.snapshot === undefined ? {} : { SnapshotId: volume.snapshot }),
          Tags: tags(context, volume.origin),
        },
      }),
    ]),
  ),
});

/** Retained volumes that no machine mounts, with their price. */
export const unmountedVolumes: Emitter = ({ plan }) => ({
  findings: plan.volumes
    .filter(({ group }) => group === undefined)
    .map(
      (volume): Finding => ({
        code: 'I2K656',
        message: `${volume.key} is retained, though no machine mounts it: ${volume.sizeGiB} GiB of ${volume.type} in ${volume.zone}, ${priceText(volume, volume.zone)}`,
        object: volume.origin.object,
        path: [],
        hint: 'Delete such volumes with --prune-volumes; each is kept as a snapshot, or retained if its class says so.',
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
