// Targets of an autoscaler as percentages of the metrics that AWS and the agent measure, and whether these reach them.
import { type Finding, objectName } from '../../diagnostic.ts';
import type { MachineGroup, ScalingMetric } from '../../plan.ts';
import { instanceTypeNamed } from './instanceTypes.ts';
import { instanceTypeOf } from './launchData.ts';

/**
 * Percent of the machine's vCPUs. Percent of CPU is percent of the requests, as in Kubernetes (`GetResourceUtilizationRatio`
 * in k8s.io/kubernetes/pkg/controller/podautoscaler/metrics), or of the machine if there are none; an amount is in cores.
 */
export function cpuPercentOf(group: MachineGroup, { unit, target }: ScalingMetric): number {
  const { cpu } = group.machine.requests;
  if (unit === 'percent' && cpu === 0) return target;
  const cores = unit === 'percent' ? ((cpu / 1000) * target) / 100 : target;
  return (cores * 100) / vcpusOf(group);
}

/** Percent of the memory requests; an amount is in bytes. */
export const memoryPercentOf = ({ machine }: MachineGroup, { unit, target }: ScalingMetric): number =>
  unit === 'percent' ? target : (target * 100) / Math.max(1, machine.requests.memory);

/** 1 for a type that the table does not contain, which a warning reports. */
const vcpusOf = (group: MachineGroup): number => instanceTypeNamed(instanceTypeOf(group) ?? '')?.vcpus ?? 1;

const MiB = 1024 ** 2;

/** Reports a target that the metric never reaches, and a percentage of requests that do not exist. */
export function scalingTargetFindings(group: MachineGroup, metric: ScalingMetric): readonly Finding[] {
  if (metric.name === 'requests') return [];
  const { machine } = group;
  const { name, origin, unit, target } = metric;
  const workload = objectName(group.origin.object);
  if (unit === 'percent' && machine.requests[name] === 0) {
    return [
      {
        code: 'I2K579',
        message: `the target is a percentage of the ${name} requests of ${workload}, but it has none`,
        ...origin,
        hint:
          name === 'cpu'
            ? 'Request cpu; until then the target is a percentage of the machine.'
            : 'Request memory, or set an averageValue.',
      },
    ];
  }
  const type = instanceTypeNamed(instanceTypeOf(group) ?? '');
  if (type === undefined) return [];
  const requested = machine.requests[name];
  const wanted = unit === 'percent' ? (requested * target) / 100 : name === 'cpu' ? target * 1000 : target;
  const ofMachine = name === 'cpu' ? type.vcpus * 1000 : type.memoryMiB * MiB;
  const limit = machine.limits[name];
  const reachable = Math.min(ofMachine, limit ?? ofMachine);
  if (wanted <= reachable) return [];
  const amount = (value: number) => (name === 'cpu' ? `${value / 1000} cores` : `${Math.ceil(value / MiB)} MiB`);
  const bound = reachable === limit ? `the limits of ${workload} end` : `a ${type.name} ends`;
  return [
    {
      code: 'I2K579',
      message: `the target is ${amount(wanted)}, but ${bound} at ${amount(reachable)}`,
      ...origin,
      hint: 'Lower the target, or raise the limit or the size of the machine.',
    },
  ];
}
