// Machine requirements of a pod: summed requests, architecture, zones. Source: the scheduler's PodRequests in
// k8s.io/component-helpers/resource/helpers.go.

import { annotationValue } from '../annotations/index.ts';
import type { Container, PodSpec, Quantity } from '../generated/kubernetes.ts';
import { selectedValue, selectedValues } from '../kinds/shared/nodeSelection.ts';
import { isSidecar, type WorkloadPod } from '../kinds/shared/pods.ts';
import { milliUnitsRoundedUp, unitsRoundedUp } from '../kinds/shared/quantity.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineRequirements } from '../plan.ts';

/** @param zone availability zone, if the machine has a volume or an address of its own */
export function machineRequirements(
  { manifest, spec, path }: WorkloadPod,
  options: CompileOptions,
  zone: string | undefined,
): MachineRequirements {
  const instanceType =
    annotationValue(manifest, 'i2kit.dev/instance-type') ??
    selectedValue(spec, 'node.kubernetes.io/instance-type') ??
    options.config?.instanceType;
  const zones = zone === undefined ? selectedValues(spec, 'topology.kubernetes.io/zone') : [zone];
  const disk = podRequest(spec, 'ephemeral-storage', unitsRoundedUp);
  return {
    origin: { object: manifest.ref, path },
    architecture: selectedValue(spec, 'kubernetes.io/arch') === 'arm64' ? 'arm64' : 'amd64',
    requests: {
      cpu: podRequest(spec, 'cpu', milliUnitsRoundedUp),
      memory: podRequest(spec, 'memory', unitsRoundedUp),
      gpus: podRequest(spec, 'nvidia.com/gpu', unitsRoundedUp),
    },
    limits: { cpu: podLimit(spec, 'cpu', milliUnitsRoundedUp), memory: podLimit(spec, 'memory', unitsRoundedUp) },
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(disk === 0 ? {} : { ephemeralStorage: disk }),
    ...(zones === undefined ? {} : { zones }),
  };
}

/** Sidecars add to the containers; an init container counts if it requests more than everything that runs after it. */
function podRequest(spec: PodSpec, resource: string, read: (written: Quantity) => number | undefined): number {
  const of = (container: Container) => {
    const asked = container.resources?.requests?.[resource] ?? container.resources?.limits?.[resource];
    return (asked === undefined ? undefined : read(asked)) ?? 0;
  };
  let sidecars = 0;
  let starting = 0;
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) {
      sidecars += of(container);
      starting = Math.max(starting, sidecars);
    } else {
      starting = Math.max(starting, sidecars + of(container));
    }
  }
  const running = spec.containers.reduce((sum, container) => sum + of(container), sidecars);
  return Math.max(running, starting);
}

/** Undefined if a container that runs as long as the pod has no limit: then only the machine limits it. */
function podLimit(
  spec: PodSpec,
  resource: string,
  read: (written: Quantity) => number | undefined,
): number | undefined {
  const running = [...(spec.initContainers ?? []).filter(isSidecar), ...spec.containers];
  const limits = running.map(({ resources: { limits } = {} }) => limits?.[resource]);
  return limits.some((limit) => limit === undefined)
    ? undefined
    : limits.reduce<number>((sum, limit) => sum + ((limit === undefined ? undefined : read(limit)) ?? 0), 0);
}
