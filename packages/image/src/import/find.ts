// Images that somebody has made already: found by their names, which are their keys.
import type { Caller } from './call.ts';
import { nameOf } from './job.ts';
import type { Ec2Port } from './ports.ts';

/** Id of the image of a key that can be launched in a region; undefined where there is none yet. */
export async function findImage(ec2: Pick<Ec2Port, 'describeImages'>, call: Caller, key: string): Promise<string | undefined> {
  const input = { Owners: ['self'], Filters: [{ Name: 'name', Values: [nameOf({ key })] }] };
  const { Images = [] } = await call('DescribeImages', (options) => ec2.describeImages(input, options));
  return Images.find(({ State }) => State === 'available')?.ImageId;
}
