// What a launch template says of a machine: its image and its instance type.
import type { MachineGroup } from '../../plan.ts';
import { ref, type Value } from '../../template.ts';
import * as ids from './ids.ts';
import { type InstanceType, smallestFor } from './instanceTypes.ts';

/** Attribute of a region in a group's mapping of images. */
export const imageAttribute = 'ami';

/** An id, a look-up by region, or a parameter while the image is not built. */
export function imageOf({ origin, image }: MachineGroup): Value<string> {
  if (image === undefined) return ref(ids.group.image(origin.object));
  if (typeof image === 'string') return image;
  return { 'Fn::FindInMap': [ids.group.images(origin.object), ref('AWS::Region'), imageAttribute] };
}

/** What the user chose, else the smallest that holds the requests; undefined where none does. */
export function instanceTypeOf({ machine }: MachineGroup): string | undefined {
  return machine.instanceType ?? smallest({ machine })?.name;
}

export const smallest = ({ machine }: Pick<MachineGroup, 'machine'>): InstanceType | undefined =>
  smallestFor({ ...machine.requests, architecture: machine.architecture });
