// Ports that a machine's security group opens: declared container ports, and Service target ports without a
// declaration.
import { containersOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import type { Endpoint, MachineGroup, OpenPort, Protocol, Router } from '../plan.ts';

export interface DeclaredPort extends OpenPort {
  readonly name?: string;
}

/** Ports of long-running containers, each once; the first declaration is its origin. */
export function declaredPorts(pod: WorkloadPod): readonly DeclaredPort[] {
  const found = new Map<string, DeclaredPort>();
  for (const { container, path, role } of containersOf(pod)) {
    if (role === 'init') continue;
    (container.ports ?? []).forEach(({ name, containerPort, protocol }, position) => {
      addPort(found, {
        origin: { object: pod.manifest.ref, path: [...path, 'ports', position] },
        port: containerPort,
        protocol: protocol as Protocol,
        ...(name === undefined ? {} : { name }),
      });
    });
  }
  return [...found.values()];
}

/** The group with targeted ports added to its declared ports. */
export function withTargetedPorts(
  group: MachineGroup,
  endpoints: readonly Pick<Endpoint, 'backends' | 'ports'>[],
  routers: readonly Router[],
): MachineGroup {
  const found = new Map<string, OpenPort>();
  for (const port of group.ports) addPort(found, port);
  for (const endpoint of endpoints) {
    if (!endpoint.backends.includes(group.key)) continue;
    for (const { origin, targetPort, protocol } of endpoint.ports) {
      for (const one of protocol.split('_')) addPort(found, { origin, port: targetPort, protocol: one as Protocol });
    }
  }
  for (const { origin, targetPort, groups } of routers.flatMap(({ backends }) => backends)) {
    if (groups.includes(group.key)) addPort(found, { origin, port: targetPort, protocol: 'TCP' });
  }
  return { ...group, ports: [...found.values()] };
}

function addPort<T extends OpenPort>(found: Map<string, T>, port: T): void {
  const key = `${port.protocol}${port.port}`;
  if (!found.has(key)) found.set(key, port);
}
