// Finds an AMI by its name, and waits until it can be launched.

import { ImageError } from '../errors.ts';
import type { Caller } from './call.ts';
import { type ImportJob, imageName } from './importJob.ts';
import type { Ec2Port, ImageOutput } from './ports.ts';

const pollIntervalMs = 3_000;
const maxWaitMs = 60 * 60_000;

/** The image of the job's name that is, or will be, available. A failed one is deregistered, to free its name. */
export async function findOwnImage(job: ImportJob, region: string): Promise<string | undefined> {
  const input = { Owners: ['self'], Filters: [{ Name: 'name', Values: [imageName(job.spec)] }] };
  const { Images = [] } = await job.call('DescribeImages', (options) =>
    job.ports.ec2(region).describeImages(input, options),
  );
  const [image] = Images;
  if (!image?.ImageId) return undefined;
  if (isUsable(image.State)) return image.ImageId;
  const gone = { ImageId: image.ImageId };
  await job.call('DeregisterImage', (options) => job.ports.ec2(region).deregisterImage(gone, options));
  return undefined;
}

export async function waitForImage(job: ImportJob, region: string, id: string): Promise<void> {
  const deadline = job.clock.now() + maxWaitMs;
  for (;;) {
    const image = await describeImage(job, region, id);
    if (image.State === 'available') return;
    if (image.State !== undefined && !isUsable(image.State)) {
      throw new ImageError(
        'import-failed',
        `The image ${id} in ${region} is ${image.State}: ${image.StateReason?.Message ?? 'EC2 gives no reason'}.`,
      );
    }
    if (job.clock.now() > deadline)
      throw new ImageError('import-timeout', `The image ${id} in ${region} is still ${image.State ?? 'unknown'}.`, {
        hint: 'Run the command again to resume waiting.',
      });
    job.report({ kind: 'waiting', for: id });
    await job.clock.sleep(pollIntervalMs, job.signal);
  }
}

async function describeImage(job: ImportJob, region: string, id: string): Promise<ImageOutput> {
  const input = { ImageIds: [id] };
  const { Images } = await job.call(
    'DescribeImages',
    (options) => job.ports.ec2(region).describeImages(input, options),
    {
      also: ['absent'],
    },
  );
  return Images?.[0] ?? {};
}

const isUsable = (state: string | undefined): boolean =>
  state === 'available' || state === 'pending' || state === 'transient';

/**
 * Finds existing images by their names, which are their keys. Id of an available image by its key and region;
 * undefined if there is none yet.
 */
export async function findImage(
  ec2: Pick<Ec2Port, 'describeImages'>,
  call: Caller,
  key: string,
): Promise<string | undefined> {
  const input = { Owners: ['self'], Filters: [{ Name: 'name', Values: [imageName({ key })] }] };
  const { Images = [] } = await call('DescribeImages', (options) => ec2.describeImages(input, options));
  return Images.find(({ State }) => State === 'available')?.ImageId;
}
