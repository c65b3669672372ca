// Images (AMIs) in a region: finding one by its name, and waiting until it can be launched.
import { ImageError } from '../errors.ts';
import { type Job, nameOf } from './job.ts';
import type { ImageOutput } from './ports.ts';

const pollEvery = 3_000;
const longestWait = 60 * 60_000;

/** The image of the job's name that can be launched, or will be. One that failed is removed, as its name would be taken. */
export async function ownImage(job: Job, region: string): Promise<string | undefined> {
  const input = { Owners: ['self'], Filters: [{ Name: 'name', Values: [nameOf(job.spec)] }] };
  const { Images = [] } = await job.call('DescribeImages', (options) => job.ports.ec2(region).describeImages(input, options));
  const [image] = Images;
  if (!image?.ImageId) return undefined;
  if (isUsable(image.State)) return image.ImageId;
  const gone = { ImageId: image.ImageId };
  await job.call('DeregisterImage', (options) => job.ports.ec2(region).deregisterImage(gone, options));
  return undefined;
}

export async function waitForImage(job: Job, region: string, id: string): Promise<void> {
  const deadline = job.clock.now() + longestWait;
  for (;;) {
    const image = await describe(job, region, id);
    if (image.State === 'available') return;
    if (image.State !== undefined && !isUsable(image.State)) {
      throw new ImageError(
        'import-failed',
        `The image ${id} in ${region} is ${image.State}: ${image.StateReason?.Message ?? 'EC2 does not say why'}.`,
      );
    }
    if (job.clock.now() > deadline)
      throw new ImageError('import-timeout', `The image ${id} in ${region} is still ${image.State ?? 'unknown'}.`, {
        hint: 'Run it again; it goes on waiting.',
      });
    job.report({ kind: 'waiting', for: id });
    await job.clock.sleep(pollEvery, job.signal);
  }
}

async function describe(job: Job, region: string, id: string): Promise<ImageOutput> {
  const input = { ImageIds: [id] };
  const { Images } = await job.call('DescribeImages', (options) => job.ports.ec2(region).describeImages(input, options), {
    also: ['absent'],
  });
  return Images?.[0] ?? {};
}

const isUsable = (state: string | undefined): boolean => state === 'available' || state === 'pending' || state === 'transient';
