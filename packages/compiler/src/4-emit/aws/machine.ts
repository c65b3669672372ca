// What a launch template says of a machine: its image, its instance type and its security groups.
import type { MachineGroup } from '../../plan.ts';
import { type Intrinsic, ref, type Value } from '../../template.ts';
import type { Target } from './concern.ts';
import * as ids from './ids.ts';
import { type InstanceType, smallestFor } from './instanceTypes.ts';

/** Attribute of a region in a group's mapping of images. */
export const imageAttribute = 'ami';

/** An id, a look-up by region, or a parameter while the image is not built. */
export function imageOf(group: MachineGroup): Value<string> {
  const { image } = group;
  if (image === undefined) return ref(ids.group.image(group));
  if (typeof image === 'string') return image;
  return { 'Fn::FindInMap': [ids.group.images(group), ref('AWS::Region'), imageAttribute] };
}

/** What the user chose, else the smallest that holds the requests; undefined where none does. */
export function instanceTypeOf({ machine }: MachineGroup): string | undefined {
  return machine.instanceType ?? smallest({ machine })?.name;
}

export const smallest = ({ machine }: Pick<MachineGroup, 'machine'>): InstanceType | undefined =>
  smallestFor({ ...machine.requests, architecture: machine.architecture });

/** The environment's machines, the app's where it keeps to itself, and the workload's own. */
export function firewallsOf(target: Target, group: MachineGroup): readonly Value<string>[] {
  const app: readonly Intrinsic[] = target.config.isolation === 'app' ? [ref(ids.shared.appMembers)] : [];
  return [ref(ids.shared.members), ...app, ref(ids.group.firewall(group))];
}
