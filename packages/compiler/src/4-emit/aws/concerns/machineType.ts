// Whether the machines that a group asks for exist.
import { type Finding, objectName } from '../../../diagnostic.ts';
import type { MachineGroup } from '../../../plan.ts';
import type { Concern } from '../concern.ts';
import { known } from '../instanceTypes.ts';
import { smallest } from '../machine.ts';

export const machineType: Concern = ({ workloads, config }) => ({
  findings: workloads.flatMap((group) => findingsOf(group, config.boot === 'bios')),
});

function findingsOf(group: MachineGroup, bios: boolean): readonly Finding[] {
  const { machine } = group;
  const key = objectName(group.origin.object);
  const at = { object: machine.origin.object, path: machine.origin.path };
  if (machine.instanceType === undefined) {
    if (smallest(group) !== undefined) return [];
    const { cpu, memory, gpus } = machine.requests;
    const asked = [`${cpu / 1000} cores`, `${Math.ceil(memory / 1024 ** 2)} MiB`, ...(gpus > 0 ? [`${gpus} GPUs`] : [])].join(', ');
    return [
      {
        ...at,
        code: 'I2K610',
        message: `no instance type that i2kit knows holds what ${key} asks for: ${asked} on ${machine.architecture}`,
      },
    ];
  }
  const type = known(machine.instanceType);
  if (type === undefined) {
    return [{ ...at, code: 'I2K611', message: `${machine.instanceType} is not an instance type that i2kit knows` }];
  }
  if (!type.uefi && !bios) return [{ ...at, code: 'I2K613', message: `${type.name} does not boot by UEFI, as i2kit's images do` }];
  if (type.architecture !== machine.architecture) {
    return [{ ...at, code: 'I2K612', message: `${type.name} is ${type.architecture}, and ${key} asks for ${machine.architecture}` }];
  }
  return [];
}
