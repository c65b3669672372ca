// CPU, memory and GPUs of a container, and what its `resourceFieldRef`s say of them.
import type { Resources } from '../../generated/agent-v1.ts';
import type { Container, Quantity, ResourceFieldSelector, ResourceRequirements } from '../../generated/kubernetes.ts';
import { thousandths, units } from '../../kinds/shared/quantity.ts';
import { filled, given } from './compact.ts';
import { at, type Scope, unchecked } from './scope.ts';

type Amounts = Readonly<Record<string, Quantity>>;

/** What is asked for where only a limit is said: the limit. `SetDefaults_Pod` (kubernetes/pkg/apis/core/v1/defaults.go) does so for pods, not for templates. */
function requestsOf({ requests, limits }: ResourceRequirements): Amounts {
  return { ...limits, ...requests };
}

export function resourcesOf(requirements: ResourceRequirements): Resources | undefined {
  const requests = requestsOf(requirements);
  const { limits } = requirements;
  return filled(
    given<Resources>({
      cpuRequest: cores(at(requests, 'cpu')),
      cpuLimit: cores(at(limits, 'cpu')),
      memoryRequest: whole(at(requests, 'memory')),
      memoryLimit: whole(at(limits, 'memory')),
      gpus: whole(at(limits, 'nvidia.com/gpu')),
    }),
  );
}

/** Zero is the same as nothing said, as in the kubelet's `calculateLinuxResources`. */
const cores = (quantity: Quantity = 0): number | undefined => thousandths(quantity) || undefined;
const whole = (quantity: Quantity = 0): number | undefined => units(quantity) || undefined;

/** `MergeContainerResourceLimits`: what a node would fill in. */
const allocatable: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/**
 * A `resourceFieldRef`'s value, in divisors, rounded up: `ExtractContainerResourceValue` (kubernetes/pkg/api/v1/resource). A limit
 * that is not said would be the node's allocatable amount, which nobody knows here.
 */
export function resourceValue(scope: Scope, { containerName, resource, divisor = 0 }: ResourceFieldSelector, self?: Container): string {
  const container = containerName ? named(scope, containerName) : self;
  if (container === undefined) return unchecked(`container ${containerName} of a resourceFieldRef`);
  const [side = '', name = ''] = split(resource);
  const amounts = side === 'requests' ? requestsOf(container.resources) : container.resources.limits;
  const amount = at(amounts, name);
  const measure = name === 'cpu' ? thousandths : units;
  if (side === 'limits' && allocatable.has(name) && !measure(amount ?? 0)) return unchecked(`${resource} of a container that has none`);
  return String(Math.ceil((measure(amount ?? 0) ?? 0) / (measure(divisor) || (measure(1) ?? 1))));
}

function named({ spec }: Scope, name: string): Container | undefined {
  return [...spec.containers, ...(spec.initContainers ?? [])].find((container) => container.name === name);
}

/** `limits.ephemeral-storage` is two parts; the name may hold dots. */
function split(resource: string): readonly string[] {
  const dot = resource.indexOf('.');
  return [resource.slice(0, dot), resource.slice(dot + 1)];
}
