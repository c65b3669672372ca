// Which AMI a group's machines boot: an id, an id by region, or a parameter while it is not built.
import { objectName } from '../../../diagnostic.ts';
import type { Mapping, Parameter } from '../../../template.ts';
import type { Concern } from '../concern.ts';
import * as ids from '../ids.ts';
import { imageAttribute } from '../machine.ts';

export const image: Concern = ({ workloads }) => {
  const parameters: Record<string, Parameter> = {};
  const mappings: Record<string, Mapping> = {};
  for (const group of workloads) {
    const { origin, image } = group;
    if (image === undefined) {
      parameters[ids.group.image(group)] = { Type: 'AWS::EC2::Image::Id', Description: `Image of ${objectName(origin.object)}` };
    } else if (typeof image !== 'string') {
      mappings[ids.group.images(group)] = Object.fromEntries(
        Object.keys(image)
          .sort()
          .map((region) => [region, { [imageAttribute]: image[region] ?? '' }]),
      );
    }
  }
  return { parameters, mappings };
};
