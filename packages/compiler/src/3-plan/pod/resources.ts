// CPU, memory and GPUs of a container, and the values of `resourceFieldRef`s.
import type { Resources } from '../../generated/agent-v1.ts';
import type { Container, Quantity, ResourceFieldSelector, ResourceRequirements } from '../../generated/kubernetes.ts';
import { milliUnitsRoundedUp, unitsRoundedUp } from '../../kinds/shared/quantity.ts';
import { definedFields, nonEmptyObject } from './optionalFields.ts';
import { ownValue, type PodScope, unreachable } from './scope.ts';

type Amounts = Readonly<Record<string, Quantity>>;

/**
 * A limit without a request is also the request. `SetDefaults_Pod` (kubernetes/pkg/apis/core/v1/defaults.go) sets it
 * for pods, not for templates.
 */
function requestsOf({ requests, limits }: ResourceRequirements): Amounts {
  return { ...limits, ...requests };
}

export function resourcesOf(requirements: ResourceRequirements): Resources | undefined {
  const requests = requestsOf(requirements);
  const { limits } = requirements;
  return nonEmptyObject(
    definedFields<Resources>({
      cpuRequest: cores(ownValue(requests, 'cpu')),
      cpuLimit: cores(ownValue(limits, 'cpu')),
      memoryRequest: wholeQuantity(ownValue(requests, 'memory')),
      memoryLimit: wholeQuantity(ownValue(limits, 'memory')),
      gpus: wholeQuantity(ownValue(limits, 'nvidia.com/gpu')),
    }),
  );
}

/** Zero means unset, as in the kubelet's `calculateLinuxResources`. */
const cores = (quantity: Quantity = 0): number | undefined => milliUnitsRoundedUp(quantity) || undefined;
const wholeQuantity = (quantity: Quantity = 0): number | undefined => unitsRoundedUp(quantity) || undefined;

/** `MergeContainerResourceLimits`: values that a node would fill in. */
const allocatable: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/**
 * The value of a `resourceFieldRef` in divisors, rounded up: `ExtractContainerResourceValue`
 * (kubernetes/pkg/api/v1/resource). A missing limit would be the node's allocatable amount, which is unknown at
 * compile time.
 */
export function resourceFieldValue(
  scope: PodScope,
  { containerName, resource, divisor = 0 }: ResourceFieldSelector,
  self?: Container,
): string {
  const container = containerName ? containerNamed(scope, containerName) : self;
  if (container === undefined) return unreachable(`container ${containerName} of a resourceFieldRef`);
  const [side = '', name = ''] = resourceParts(resource);
  const amounts = side === 'requests' ? requestsOf(container.resources) : container.resources.limits;
  const amount = ownValue(amounts, name);
  const measure = name === 'cpu' ? milliUnitsRoundedUp : unitsRoundedUp;
  if (side === 'limits' && allocatable.has(name) && !measure(amount ?? 0))
    return unreachable(`${resource} of a container without it`);
  return String(Math.ceil((measure(amount ?? 0) ?? 0) / (measure(divisor) || (measure(1) ?? 1))));
}

function containerNamed({ spec }: PodScope, name: string): Container | undefined {
  return [...spec.containers, ...(spec.initContainers ?? [])].find((container) => container.name === name);
}

/** `limits.ephemeral-storage`: splits at the first dot only, since the resource name may contain dots. */
function resourceParts(resource: string): readonly string[] {
  const dot = resource.indexOf('.');
  return [resource.slice(0, dot), resource.slice(dot + 1)];
}
