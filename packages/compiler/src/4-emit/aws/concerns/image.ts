// Which AMI a group's machines boot: an id, an id by region, or a parameter while it is not built.
import type { Mapping, Parameter } from '../../../template.ts';
import type { Concern } from '../concern.ts';
import * as ids from '../ids.ts';
import { imageAttribute } from '../machine.ts';

export const image: Concern = ({ plan }) => {
  const parameters: Record<string, Parameter> = {};
  const mappings: Record<string, Mapping> = {};
  for (const { origin, key, image } of plan.groups) {
    if (image === undefined) {
      parameters[ids.group.image(origin.object)] = { Type: 'AWS::EC2::Image::Id', Description: `Image of ${key}` };
    } else if (typeof image !== 'string') {
      mappings[ids.group.images(origin.object)] = Object.fromEntries(
        Object.keys(image)
          .sort()
          .map((region) => [region, { [imageAttribute]: image[region] ?? '' }]),
      );
    }
  }
  return { parameters, mappings };
};
