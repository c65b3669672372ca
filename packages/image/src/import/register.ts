// Registers a snapshot as an image (RegisterImage), and copies an image to further regions (CopyImage).

import { errorName } from '@i2kit/aws';
import { architectures } from '../architecture.ts';
import { ImageError } from '../errors.ts';
import { findOwnImage } from './images.ts';
import {
  type ImportJob,
  idempotencyToken,
  imageDescription,
  imageName,
  imageTags,
  importId,
  importTag,
  kmsKeyOf,
} from './importJob.ts';
import type { RegisterImageInput } from './ports.ts';

const rootDevice = '/dev/xvda';

/** The registration: instances must use IMDSv2, and have ENA, NVMe and gp3. */
export function registerImageInput(job: ImportJob, snapshot: string): RegisterImageInput {
  const { spec } = job;
  return {
    Name: imageName(spec),
    Description: imageDescription(spec),
    Architecture: architectures[spec.architecture].ec2,
    BootMode: spec.boot === 'bios' ? 'legacy-bios' : 'uefi',
    VirtualizationType: 'hvm',
    EnaSupport: true,
    ImdsSupport: 'v2.0',
    RootDeviceName: rootDevice,
    // Encryption comes from the snapshot; AWS refuses it here.
    BlockDeviceMappings: [
      { DeviceName: rootDevice, Ebs: { SnapshotId: snapshot, VolumeType: 'gp3', DeleteOnTermination: true } },
    ],
    TagSpecifications: [{ ResourceType: 'image', Tags: imageTags(spec) }],
  };
}

/** RegisterImage has no token: its name, unique in a region, stands in for one. */
export async function registerImage(job: ImportJob, snapshot: string): Promise<string> {
  try {
    const input = registerImageInput(job, snapshot);
    const { ImageId } = await job.call(
      'RegisterImage',
      (options) => job.ports.ec2(job.region).registerImage(input, options),
      {
        also: ['absent'],
      },
    );
    if (ImageId) return ImageId;
  } catch (error) {
    if (errorName(error) !== 'InvalidAMIName.Duplicate') throw error;
  }
  const deadline = job.clock.now() + 120_000;
  for (;;) {
    const id = await findOwnImage(job, job.region);
    if (id) return id;
    if (job.clock.now() > deadline) {
      throw new ImageError(
        'import-conflict',
        `The name ${imageName(job.spec)} is taken in ${job.region} by an image that is not visible to this account.`,
      );
    }
    await job.clock.sleep(2_000, job.signal);
  }
}

/** Starts the copy, or finds the one in progress. */
export async function copyImage(job: ImportJob, region: string, image: string): Promise<string> {
  const { spec } = job;
  const key = kmsKeyOf(spec.encryption, region);
  const tags = imageTags(spec);
  for (let attempt = 0; ; attempt++) {
    const known = await findOwnImage(job, region);
    if (known) return known;
    const input = {
      Name: imageName(spec),
      Description: imageDescription(spec),
      SourceRegion: job.region,
      SourceImageId: image,
      ClientToken: idempotencyToken(importId(job), `copy ${region} ${image} ${attempt}`),
      ...(spec.encryption.kind !== 'none' && { Encrypted: true }),
      ...(key !== undefined && { KmsKeyId: key }),
      TagSpecifications: [
        { ResourceType: 'image' as const, Tags: tags },
        { ResourceType: 'snapshot' as const, Tags: [...tags, { Key: importTag, Value: importId(job) }] },
      ],
    };
    try {
      const { ImageId } = await job.call('CopyImage', (options) => job.ports.ec2(region).copyImage(input, options), {
        also: ['absent'],
      });
      if (ImageId) return ImageId;
    } catch (error) {
      if (errorName(error) !== 'InvalidAMIName.Duplicate' || attempt > 4) throw error;
      await job.clock.sleep(2_000, job.signal);
    }
  }
}
